import { expect, sound, test } from "../../support/journey";

const pages = [
  "/",
  "/consultations",
  "/consultations?q=goods+yard",
  "/consultations?q=nothingfitsthis",
  "/consultations/station-quarter-a-brief-for-the-old-goods-yard",
  "/consultations/station-quarter-a-brief-for-the-old-goods-yard/respond",
  "/consultations/station-quarter-a-brief-for-the-old-goods-yard/vote",
  "/consultations/a-crossing-for-priory-road/outcome",
  "/consultations/conversation-london-youth-policing/outcome",
  "/consultations/conversation-london-youth-policing/opinion",
  "/consultations/conversation-affordable-housing/opinion",
  "/outcomes",
  "/areas",
  "/areas/E05015907",
  "/areas/E05015907/neighbourhood",
  "/areas/E05015907/concern",
  "/areas/E05015907/concern?step=form",
  "/concerns",
  "/concerns/new",
  "/receipt",
  "/sign-in",
  "/reset",
  "/accessibility",
  "/privacy",
  "/cookies",
  "/terms",
  "/contact",
  "/licences",
];

for (const address of pages) {
  test(`${address} stands as it should`, async ({ page }) => {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(200);
    await sound(page);
  });
}

test("a page that does not exist says so and leads home", async ({ page }) => {
  const answer = await page.goto("/nothing/here");
  expect(answer?.status()).toBe(404);
  await sound(page);
  await page.locator("main").getByRole("link", { name: "home page" }).click();
  await expect(page).toHaveURL(/\/$/);
});
