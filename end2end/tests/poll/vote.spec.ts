import { expect, sound, test } from "../../support/journey";

const open = "/consultations/neighbourhood-fund-what-should-we-pay-for";
const closed = "/consultations/youth-centre-what-should-it-be-for";

test("a resident votes by keyboard, is stopped over budget, gets a code, and checks the ballot with it", async ({ page }) => {
  await page.goto(`${open}/polls/1`);
  await sound(page);
  await page.getByRole("link", { name: "Vote", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Your ballot paper" })).toBeVisible();
  await sound(page);
  const boxes = page.getByRole("checkbox");
  for (let at = 0; at < (await boxes.count()); at++) {
    await boxes.nth(at).focus();
    await page.keyboard.press("Space");
  }
  const check = page.getByRole("button", { name: "Check your ballot" });
  await check.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.locator(".govuk-error-summary")).toContainText("more than there is");
  await expect(boxes.first()).toBeChecked();
  await sound(page);
  for (let at = 1; at < (await boxes.count()); at++) {
    await boxes.nth(at).focus();
    await page.keyboard.press("Space");
  }
  await check.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Check your ballot" })).toBeVisible();
  await expect(page.locator("main")).toContainText("is left");
  await sound(page);
  await page.getByRole("button", { name: "Cast your ballot" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Your ballot is cast" })).toBeVisible();
  await sound(page);
  const code = (await page.locator(".app-code").first().textContent()) ?? "";
  expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  await page.context().clearCookies();
  await page.goto(`${open}/polls/1/check`);
  await sound(page);
  await page.getByLabel("Your voting code").fill("ABCD");
  await page.getByRole("button", { name: "Check this code" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  await page.getByLabel("Your voting code").fill(code.toLowerCase());
  await page.getByRole("button", { name: "Check this code" }).click();
  await expect(page.locator("main")).toContainText("Your ballot is cast");
  await sound(page);
  await page.getByRole("button", { name: "Show what it says" }).click();
  await expect(page.locator("main")).toContainText("Chosen");
  await page.getByRole("link", { name: "Open your ballot paper" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Change your ballot" })).toBeVisible();
  await sound(page);
});

test("a vote that has ended takes no ballot and leads to its result", async ({ page }) => {
  await page.goto(`${closed}/polls/1/paper`);
  await expect(page).toHaveURL(`${closed}/polls/1`);
  await expect(page.getByRole("link", { name: "See the result" })).toBeVisible();
  await sound(page);
  await page.goto(`${closed}/polls/1/check`);
  await page.getByLabel("Your voting code").fill("AAAA-AAAA-AAAA-AAAA");
  await page.getByRole("button", { name: "Check this code" }).click();
  await expect(page).toHaveTitle(/^Error:/);
});
