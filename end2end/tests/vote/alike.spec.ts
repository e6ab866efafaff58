import { expect, sound, test } from "../../support/journey";

const slug = "/consultations/station-quarter-a-brief-for-the-old-goods-yard";

test("somebody who says what is said already is offered a vote on it, or may send it anyway", async ({ page }) => {
  await page.goto(`${slug}/vote`);
  await page.getByLabel("Your statement").fill("The old goods shed should be kept and used again.");
  await page.getByRole("button", { name: "Send your statement" }).click();
  await expect(page.locator("h1")).toHaveText("Is one of these what you mean?");
  await expect(page.locator("main")).toContainText("The old goods shed should be kept and used.");
  await sound(page);
  await page.getByRole("button", { name: /^Agree/ }).first().click();
  await expect(page.locator(".soundings-ballot")).toContainText("Statement 2 of 8");

  await page.getByLabel("Your statement").fill("The old goods shed should be kept and used again.");
  await page.getByRole("button", { name: "Send your statement" }).click();
  await page.getByRole("button", { name: "Send mine anyway" }).click();
  await expect(page.locator("main")).toContainText("1 statement of yours is waiting");
});
