// Themes that are taken away again, promises that are kept, votes that are let back.
import { expect, sound, test } from "../../support/journey";
import { signIn } from "../../support/people";

test("an officer adds a theme and takes it away again, after a question", async ({ page }, info) => {
  const answer = "/desk/consultations/youth-centre-what-should-it-be-for/answer";
  await signIn(page, "officer@council.example");
  await page.goto(`${answer}/theme`);
  const title = `Evenings ${info.project.name}`;
  await page.getByLabel("What is it about?").fill(title);
  await page.getByRole("button", { name: "Save the theme" }).click();
  await page.getByRole("link", { name: `Remove ${title}` }).click();
  await sound(page);
  await page.getByRole("link", { name: "Keep it" }).click();
  await page.getByRole("link", { name: `Remove ${title}` }).click();
  await page.getByRole("button", { name: "Remove the theme" }).click();
  await expect(page.locator("h1")).toHaveText("Answer what people said");
  await expect(page.locator("main")).not.toContainText(title);
  await sound(page);
});

test("a promise that is kept is kept for everybody to see", async ({ page }) => {
  await signIn(page, "officer@council.example");
  await page.goto("/desk/consultations/a-crossing-for-priory-road/answer");
  await sound(page);
  const promises = page.getByRole("button", { name: "The promise is kept" });
  const before = await promises.count();
  expect(before).toBeGreaterThan(0);
  await promises.first().click();
  await expect(promises).toHaveCount(before - 1);
  await expect(page.locator("main")).toContainText("; kept)");
  await page.goto("/consultations/a-crossing-for-priory-road/outcome");
  await expect(page.locator("main")).toContainText(/[Kk]ept/);
});
