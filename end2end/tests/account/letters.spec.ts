// What comes by email to staff: an invitation, a second one, a link for a forgotten password.
import { expect, sound, test } from "../../support/journey";
import { linkTo } from "../../support/mail";
import { signIn, signOut } from "../../support/people";

test("somebody invited chooses a password, is given a second role and loses it, sets a new password when it is forgotten, and changes it", async ({ page }, info) => {
  test.slow();
  const email = `mo.${info.project.name}.${Date.now()}@council.example`;
  await signIn(page, "administrator@council.example");
  await page.goto("/desk/people/invite");
  await page.getByLabel("Name", { exact: true }).fill("Mo Idris");
  await page.getByLabel("Work email address").fill(email);
  await page.getByLabel("Team").selectOption({ label: "Urban Design, Demonstration Borough Council" });
  await page.getByRole("radio", { name: "Analyst" }).check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  const person = new URL(page.url()).pathname;
  const first = await linkTo(/^\/invitation\//, email);
  await page.getByRole("button", { name: "Send the invitation again" }).click();
  const second = await linkTo(/^\/invitation\//, email, 2);
  expect(second).not.toBe(first);
  await page.goto(person);
  await page.getByLabel("Team").selectOption({ label: "Urban Design, Demonstration Borough Council" });
  await page.getByRole("radio", { name: "Councillor" }).check();
  await page.getByRole("button", { name: "Give this role" }).click();
  await expect(page.locator(".govuk-summary-list").first()).toContainText("Councillor");
  await page.getByRole("link", { name: /Change or take away the role Councillor/ }).click();
  await page.getByRole("button", { name: "Take the role away" }).click();
  await expect(page.locator(".govuk-summary-list").first()).not.toContainText("Councillor");
  await signOut(page);

  // The letter that came first no longer works; the second one does, once.
  await page.goto(first);
  await expect(page.locator("h1")).toHaveText("This link no longer works");
  await sound(page);
  await page.goto(second);
  await sound(page);
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Choose password and sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("12 characters or more");
  await page.getByLabel("New password").fill("plaice thunder meadow");
  await page.getByRole("button", { name: "Choose password and sign in" }).click();
  await expect(page).toHaveURL(/\/desk/);
  await signOut(page);
  await page.goto(second);
  await expect(page.locator("h1")).toHaveText("This link no longer works");

  await page.goto("/sign-in");
  await page.getByRole("link", { name: /forgotten|forgot/i }).click();
  await expect(page).toHaveURL(/\/reset$/);
  await sound(page);
  await page.getByLabel("Email address").first().fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page).toHaveURL(/\/reset\/sent$/);
  await sound(page);
  await page.goto(await linkTo(/^\/reset\//, email));
  await sound(page);
  await page.getByLabel("New password").fill("lantern gravel otter");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page).toHaveURL(/\/desk/);
  await signOut(page);
  await page.goto("/sign-in");
  await page.getByLabel("Email address").first().fill(email);
  await page.getByLabel("Password").first().fill("plaice thunder meadow");
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await page.getByLabel("Password").first().fill("lantern gravel otter");
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/desk/);

  // Their own password they change themselves, and stay signed in.
  await page.getByRole("link", { name: "Your account" }).click();
  await page.getByLabel("Current password").fill("lantern gravel otter");
  await page.getByLabel("New password").fill("a barge full of coal");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.locator("main")).toContainText("Your password is changed");
  await sound(page);
  await page.goto("/desk");
  await expect(page.locator("h1")).toHaveCount(1);
  await expect(page).toHaveURL(/\/desk$/);
});

test("an administrator sees that every email has left", async ({ page }) => {
  await signIn(page, "administrator@council.example");
  await page.getByRole("link", { name: "Emails", exact: true }).click();
  await expect(page.locator("h1")).toHaveText("Emails that were not sent");
  await expect(page.locator("main")).toContainText("Every email that was written has left.");
  await sound(page);
  await signOut(page);
});
