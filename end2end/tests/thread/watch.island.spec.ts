import { expect, test } from "../../support/journey";
import { signIn } from "../../support/people";

test("a new response appears on the open dashboard within two seconds, without a reload", async ({ page, browser, baseURL }) => {
  await signIn(page, "officer@council.example");
  await page.goto("/desk/consultations/local-plan-what-should-the-next-one-be-about/watch");
  await expect(page.locator(".app-live")).toContainText("update by themselves");
  const number = page.locator("#figures .app-total__number").first();
  const before = Number((await number.innerText()).replaceAll(",", ""));

  const resident = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const other = await resident.newPage();
  await other.goto("/consultations/local-plan-what-should-the-next-one-be-about/respond");
  await other.getByLabel("A short plan").check();
  await other.getByRole("button", { name: "Continue" }).click();
  await other.getByRole("button", { name: "Continue" }).click();
  await other.locator("main input[type=radio]").first().check();
  await other.getByRole("button", { name: "Check your answers" }).click();
  await other.getByRole("button", { name: "Send your response" }).click();
  await expect(other.locator(".app-code")).toBeVisible();
  await expect(number).toHaveText(String(before + 1), { timeout: 3_000 });
  await resident.close();
});
