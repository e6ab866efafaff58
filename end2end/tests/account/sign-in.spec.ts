import { expect, sound, test } from "../../support/journey";
import { passwords, signIn, signOut } from "../../support/people";

test("a wrong password keeps the address and says what to do, and the right one leads back", async ({ page }) => {
  await page.goto("/desk/moderation");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await sound(page);
  const email = "moderator@council.example";
  await page.getByLabel("Email address").first().fill(email);
  await page.getByLabel("Password").first().fill("not the password");
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await sound(page);
  const summary = page.getByRole("alert");
  await expect(summary).toContainText("is not right");
  await summary.getByRole("link").click();
  await expect(page.getByLabel("Email address").first()).toBeFocused();
  await expect(page.getByLabel("Email address").first()).toHaveValue(email);
  await page.getByLabel("Password").first().fill(passwords[email] ?? "");
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/desk\/moderation/);
  await sound(page);
  await signOut(page);
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("one's own account refuses a short password and says why", async ({ page }) => {
  await signIn(page, "auditor@council.example");
  await page.getByRole("link", { name: "Your account" }).click();
  await sound(page);
  await page.getByLabel("Current password").fill(passwords["auditor@council.example"] ?? "");
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert")).toContainText("12 characters or more");
  await sound(page);
});

test("an administrator invites somebody, gives a role, and asks before taking it away", async ({ page }, info) => {
  await signIn(page, "administrator@council.example");
  await sound(page);
  await page.getByRole("link", { name: "People", exact: true }).first().click();
  await sound(page);
  await page.getByRole("link", { name: "Invite somebody" }).click();
  await sound(page);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(4);
  await sound(page);
  const email = `nia.${info.project.name}.${Date.now()}@council.example`;
  await page.getByLabel("Name", { exact: true }).fill("Nia Rowe");
  await page.getByLabel("Work email address").fill(email);
  await page.getByLabel("Team").selectOption({ label: "Urban Design, Demonstration Borough Council" });
  await page.getByRole("radio", { name: "Analyst" }).check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.locator("main")).toContainText(email);
  await expect(page.locator("main")).toContainText("Invited");
  await sound(page);
  await page.getByRole("link", { name: /Change or take away the role Analyst/ }).click();
  await sound(page);
  await page.getByRole("link", { name: "Keep it as it is" }).click();
  await page.getByRole("link", { name: "Disable this account" }).click();
  await sound(page);
  await page.getByRole("button", { name: "Disable the account" }).click();
  await expect(page.locator("main")).toContainText("Disabled");
  await page.getByRole("button", { name: "Enable this account" }).click();
  await expect(page.locator("main")).toContainText("Invited");
});
