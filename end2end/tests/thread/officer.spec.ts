import { filledIn, published } from "../../support/draft";
import { expect, sound, test } from "../../support/journey";
import { signIn, signOut } from "../../support/people";

test("an officer drafts, somebody else approves, it is published and shown on the hub", async ({ page }) => {
  await signIn(page, "officer@council.example");
  await sound(page);
  await page.goto("/desk/consultations");
  await sound(page);
  await page.getByRole("link", { name: "Begin a consultation" }).or(page.getByRole("button", { name: "Begin a consultation" })).click();
  await page.getByLabel("Title").fill("Benches on the High Street");
  await page.getByLabel("Which team owns it?").selectOption({ label: "Planning Policy" });
  await page.getByRole("button", { name: "Begin" }).click();
  await sound(page);
  const desk = new URL(page.url()).pathname;

  // The gates name the principle that is not met.
  await page.getByRole("button", { name: "Send for review" }).click();
  await expect(page.locator("main")).toContainText("Gunning principle: Formative stage");
  await sound(page);

  await filledIn(page, desk, {
    opens: [-1, "09:00"],
    closes: [30, "23:59"],
    reason: "A month",
  });
  await sound(page);
  await published(page, desk);

  await page.goto("/consultations?q=benches");
  await page.getByRole("link", { name: "Benches on the High Street" }).click();
  await expect(page.locator("main")).toContainText("Where it stands");
  await expect(page.locator("main script")).toHaveCount(0);
});

test("a moderator rejects with a reason, and it never shows", async ({ page }) => {
  await signIn(page, "moderator@council.example");
  await page.goto("/desk/moderation?kind=statement");
  await sound(page);
  const item = page.locator(".soundings-moderated", { hasText: "07700 900123" });
  await item.locator("button[value=reject]").click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  const again = page.locator(".soundings-moderated", { hasText: "07700 900123" });
  await again.getByLabel("Reason, if you reject it").selectOption("advertising");
  await again.locator("button[value=reject]").click();
  await expect(page.locator(".soundings-moderated", { hasText: "07700 900123" })).toHaveCount(0);
});

test("an officer watches, answers every theme and decides; everybody sees what came of it", async ({ page }) => {
  await signIn(page, "officer@council.example");
  await page.goto("/desk/consultations/library-opening-hours/watch");
  await expect(page.locator("#figures")).toContainText("Responses");
  await sound(page);
  await page.goto("/desk/consultations/library-opening-hours/answer");
  await page.getByRole("button", { name: "Publish the answers" }).click();
  await expect(page.locator("main")).toContainText("Gunning principle of consideration");
  await sound(page);
  await page.goto("/desk/consultations/library-opening-hours/answer/theme");
  await page.getByLabel("What is it about?").fill("Evening hours");
  await page.getByLabel("We asked").fill("Which hours?");
  await page.getByLabel("You said").fill("Most people want two late evenings.");
  await page.getByLabel("We did it", { exact: true }).check();
  await page.getByLabel("We did", { exact: true }).fill("Two late evenings from April.");
  await page.getByLabel("Because").fill("That is when most people can come.");
  await page.getByRole("button", { name: "Save the theme" }).click();
  await sound(page);
  await page.getByRole("button", { name: "Publish the answers" }).click();
  await page.goto("/desk/consultations/library-opening-hours/decide");
  await page.getByRole("button", { name: "Record and publish the decision" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  await page.getByLabel("The decision").fill("The Cabinet decided for **later evenings**.");
  await page.locator('[name="equality-day"]').fill("1");
  await page.locator('[name="equality-month"]').fill("11");
  await page.locator('[name="equality-year"]').fill("2026");
  await page.getByRole("button", { name: "Record and publish the decision" }).click();
  await expect(page).toHaveURL(/library-opening-hours\/outcome$/);
  await signOut(page);
  await page.goto("/consultations/library-opening-hours/outcome");
  await expect(page.locator("main")).toContainText("later evenings");
  await expect(page.locator("main")).toContainText("That is when most people can come.");
  await page.goto("/outcomes");
  await expect(page.locator("tr", { hasText: "Library opening hours" })).toContainText("Decided");
});

test("a stranger and the police see no draft, and planning staff no police queue", async ({ page }) => {
  const desk = "/desk/consultations/bicycle-routes-to-the-hospital";
  await page.goto(desk);
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await page.goto("/consultations/bicycle-routes-to-the-hospital"))?.status()).toBe(404);
  await signIn(page, "north@police.example");
  expect((await page.goto(desk))?.status()).toBe(404);
  await signOut(page);
  await signIn(page, "officer@council.example");
  expect((await page.goto("/desk/concerns"))?.status()).toBe(403);
});
