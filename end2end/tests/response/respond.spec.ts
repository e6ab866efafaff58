// A resident responds without an account, checks, sends, keeps the receipt and looks it up.
import { expect, sound, test } from "../../support/journey";
import { linkTo } from "../../support/mail";

const slug = "station-quarter-a-brief-for-the-old-goods-yard";

test("a resident responds and follows the response by its code", async ({ page }) => {
  await page.goto(`/consultations/${slug}/respond`);
  await sound(page);

  // Forgetting what is required keeps everything else and says where to fix it.
  await page.getByLabel("4: nearer to “very well”").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "There is a problem" })).toBeVisible();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.getByLabel("4: nearer to “very well”")).toBeChecked();
  await sound(page);
  const options = page.getByRole("group", { name: "Which option do you prefer?" });
  await expect(options.getByRole("radio").nth(1)).toHaveAccessibleDescription("Three storeys everywhere, a smaller green at the footbridge.");
  await options.getByRole("radio").first().check();
  await page.getByRole("button", { name: "Continue" }).click();

  await sound(page);
  await page.getByLabel("Trees and green space").check();
  await page.getByLabel(/What would you change/).fill("More trees. Ring me on 07700 900123.");
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByLabel("4: nearer to “very well”")).toBeChecked();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel(/What would you change/)).toHaveValue(/07700/);
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("About you");
  await sound(page);
  await page.getByLabel("Show my words without my name").check();
  await page.getByRole("button", { name: "Check your answers" }).click();

  await expect(page.getByText(/looks like a phone number/)).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: /Change What would you change/ }).click();
  await page.getByLabel(/What would you change/).fill("More trees, and a bench.");
  await page.getByRole("button", { name: "Check your answers" }).click();
  const preview = page.getByRole("region", { name: "What the public will see" });
  await expect(preview).toContainText("More trees, and a bench.");
  await page.getByRole("button", { name: "Send your response" }).click();

  await expect(page).toHaveURL(/\/receipt$/);
  await sound(page);
  const code = (await page.locator(".app-code").innerText()).trim();
  expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/);

  // The back button and a second sending lead to the same receipt.
  await page.goBack();
  await page.getByRole("button", { name: "Send your response" }).click();
  await expect(page.locator(".app-code")).toHaveText(code);

  await page.goto("/receipt");
  await sound(page);
  await page.getByLabel("Receipt code").fill(code.toLowerCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "Show my response" }).click();
  await expect(page.getByText("More trees, and a bench.")).toBeVisible();
  await expect(page.getByText("A person will check it.", { exact: false })).toBeVisible();
  expect(page.url()).not.toContain(code);
  await sound(page);
});

test("a code that is not known is refused in words", async ({ page }) => {
  await page.goto("/receipt");
  await page.getByLabel("Receipt code").fill("AAAA-BBBB-CCCC-DDDD");
  await page.getByRole("button", { name: "Show my response" }).click();
  await expect(page.getByRole("link", { name: /We do not know this code/ })).toBeVisible();
  await sound(page);
});

test("a receipt is sent by email to whoever asks for it, and the check page alone leads to the beginning", async ({ page }, info) => {
  await page.goto(`/consultations/${slug}/check`);
  await expect(page).toHaveURL(new RegExp(`${slug}/respond$`));
  const options = page.getByRole("group", { name: "Which option do you prefer?" });
  await expect(options.getByRole("radio").nth(1)).toHaveAccessibleDescription("Three storeys everywhere, a smaller green at the footbridge.");
  await options.getByRole("radio").first().check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Show my words without my name").check();
  await page.getByRole("button", { name: "Check your answers" }).click();
  await page.getByRole("button", { name: "Send your response" }).click();
  await expect(page).toHaveURL(/\/receipt$/);
  const email = `kim.${info.project.name}.${Date.now()}@example.org`;
  await page.getByLabel(/[Ee]mail address/).fill("nowhere");
  await page.getByRole("button", { name: /[Ee]mail|Send/ }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await page.getByLabel(/[Ee]mail address/).fill(email);
  await page.getByRole("button", { name: /[Ee]mail|Send/ }).click();
  await sound(page);
  await linkTo(/\/receipt$/, email);
});
