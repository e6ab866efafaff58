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
