import { expect, sound, test } from "../../support/journey";
import { signIn } from "../../support/people";

test("an officer comes from what is coming in to the votes that are set aside, and to what people think", async ({ page }) => {
  await signIn(page, "officer@council.example");
  await page.goto("/desk/consultations/station-quarter-a-brief-for-the-old-goods-yard/watch");
  await page.getByRole("link", { name: /^Votes that are set aside/ }).click();
  await expect(page.locator("h1")).toHaveText("Votes that are set aside");
  await expect(page.getByRole("table", { name: /with and without/ })).toBeVisible();
  await sound(page);
  await page.getByRole("link", { name: "Back to what is coming in" }).click();
  await page.getByRole("link", { name: /^What people think/ }).click();
  await expect(page).toHaveURL(/\/opinion$/);
});

test("a vote of a script that never read the page is set aside, and a moderator lets it back", async ({ page, request, baseURL }) => {
  const quarter = "/consultations/station-quarter-a-brief-for-the-old-goods-yard";
  await page.goto(`${quarter}/vote`);
  const statement = await page.locator('form [name="statement"]').first().getAttribute("value");
  const cast = await request.post(`${quarter}/vote`, {
    form: { statement: statement ?? "", vote: "agree" },
    headers: { origin: baseURL ?? "" },
    maxRedirects: 0,
  });
  expect(cast.status()).toBe(303);
  await signIn(page, "moderator@council.example");
  const main = page.locator("main");
  await expect
    .poll(
      async () => {
        await page.goto(`/desk${quarter}/votes-aside`);
        return main.getByRole("button", { name: /^Let them back/ }).count();
      },
      { timeout: 40_000, message: "votes that are set aside" },
    )
    .toBeGreaterThan(0);
  await main.getByRole("button", { name: /^Let them back/ }).first().click();
  await expect(main.getByRole("button", { name: /^Set them aside again/ }).first()).toBeVisible();
  await sound(page);
  await main.getByRole("button", { name: /^Set them aside again/ }).first().click();
  await expect(main.getByRole("button", { name: /^Let them back/ }).first()).toBeVisible();
});
