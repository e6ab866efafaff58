import { expect, sound, test } from "../../support/journey";

test("a resident types a postcode on the home page and sees what is open in the ward", async ({ page }) => {
  await page.goto("/");
  await sound(page);
  await page.getByLabel("Your postcode").fill("b62 0aa");
  await page.getByRole("button", { name: "Find what is near me" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Halesowen South");
  await sound(page);
  await expect(page.locator("main")).toContainText("Consultations about this area");
  await expect(page.locator("main")).toContainText("Who lives in Halesowen South");
  await page.getByRole("link", { name: "Raise a concern about a place here" }).click();
  await expect(page).toHaveURL(/\/concern$/);
});

test("a postcode that is none is kept and the error leads to it", async ({ page }) => {
  await page.goto("/areas");
  await page.getByLabel("Your postcode").fill("somewhere");
  await page.getByRole("button", { name: "Find what is near me" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByLabel("Your postcode")).toHaveValue("somewhere");
  await page.getByRole("alert").getByRole("link").click();
  await expect(page.getByLabel("Your postcode")).toBeFocused();
  await sound(page);
  await page.getByRole("link", { name: "Sedgley" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sedgley");
});
