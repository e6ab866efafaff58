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

for (const address of ["/", "/consultations", "/areas", "/outcomes"]) {
  test(`${address} begins in sight on a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 720 });
    await page.goto(address);
    const top = await page.locator("h1").evaluate((heading) => heading.getBoundingClientRect().top);
    expect(top).toBeLessThanOrEqual(210);
  });
}

test("on a phone the menu is folded, opens and leads on", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  await page.goto("/");
  const outcomes = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Outcomes" });
  await expect(outcomes).toBeHidden();
  await page.getByText("Menu", { exact: true }).click();
  await outcomes.click();
  await expect(page).toHaveURL(/\/outcomes$/);
});

test("on a phone the first consultation is near, and what narrows the list opens", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  await page.goto("/consultations");
  const first = page.locator(".app-card").first();
  expect(await first.evaluate((card) => card.getBoundingClientRect().top)).toBeLessThan(900);
  await expect(page.getByLabel("Order")).toBeHidden();
  await page.getByText("Place, topic and order").click();
  await page.getByLabel("Order").selectOption({ label: "A to Z" });
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "A to Z" })).toBeVisible();
  await expect(page.getByLabel("Order")).toBeVisible();
});

test("on a phone the rows of a wide table are cards that say each heading", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  await page.goto("/outcomes");
  const row = page.getByRole("row", { name: /Local plan/ });
  await expect(row.getByRole("cell")).toHaveCount(7);
  const cell = row.getByRole("cell").nth(1);
  expect(await cell.evaluate((one) => getComputedStyle(one, "::before").content)).toContain("Team");
  const edge = await row.getByRole("cell").last().evaluate((one) => one.getBoundingClientRect().right);
  expect(edge).toBeLessThanOrEqual(320);
});
