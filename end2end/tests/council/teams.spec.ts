import { expect, sound, test } from "../../support/journey";
import { signIn } from "../../support/people";

test("an administrator adds a team and a partner organisation", async ({ page }) => {
  const project = test.info().project.name;
  await signIn(page, "administrator@council.example");
  await page.getByRole("link", { name: "Teams", exact: true }).first().click();
  await sound(page);
  await page.getByRole("link", { name: "Add a team" }).click();
  await sound(page);
  await page.getByRole("button", { name: "Add the team" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  await page.getByLabel("Name of the team").fill(`Housing ${project}`);
  await page.getByLabel("Email address").fill("housing@council.example");
  await page.getByRole("button", { name: "Add the team" }).click();
  await expect(page.locator("h1")).toHaveText(`Housing ${project}`);
  await sound(page);
  await page.getByLabel("Email address").fill("homes@council.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("tr", { hasText: `Housing ${project}` })).toContainText("homes@council.example");

  await page.getByRole("link", { name: "Add an organisation" }).click();
  await sound(page);
  await page.getByLabel("Name of the organisation").fill(`Canal Friends ${project}`);
  await page.getByLabel("Name of its first administrator").fill("Ada Ferris");
  await page.getByLabel("Their email address").fill(`ada-${project}@canal.example`);
  await page.getByRole("button", { name: "Add the organisation" }).click();
  await expect(page.getByRole("heading", { name: `Canal Friends ${project}` })).toBeVisible();
  await sound(page);
});
