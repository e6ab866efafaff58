import { expect, sound, test } from "../../support/journey";

const slug = "/consultations/station-quarter-a-brief-for-the-old-goods-yard";

test("a resident reads, responds, checks, gets a receipt and looks it up", async ({ page }) => {
  await page.goto("/consultations");
  await page.getByLabel("Words").fill("goods yard");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: /Station Quarter/ }).click();
  await page.getByRole("button", { name: "Give your views" }).or(page.getByRole("link", { name: "Give your views" })).click();

  // A needed answer is missing: the page comes back with what was typed.
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  await page.getByLabel("Lower all over").check();
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByLabel(/What would you change, and why/).fill("The bus stop needs a roof.\nCall me on 07700 900123.");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Postcode").fill("nonsense");
  await page.getByRole("button", { name: "Check your answers" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.getByLabel("Postcode")).toHaveValue("nonsense");
  await page.getByLabel("Postcode").fill("");
  await page.locator("main input[type=radio]").first().check();
  await page.getByRole("button", { name: "Check your answers" }).click();

  await expect(page.locator("h1")).toContainText(/check/i);
  await expect(page.locator("main")).toContainText("The bus stop needs a roof.");
  await expect(page.locator("main")).toContainText(/phone/i);
  await sound(page);
  await page.getByRole("button", { name: "Send your response" }).click();

  await expect(page).toHaveURL(/\/receipt$/);
  const code = (await page.locator(".app-code").innerText()).trim();
  expect(code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
  expect(page.url()).not.toContain(code);
  await sound(page);

  // The back button and a second click give the same receipt.
  await page.goBack();
  await page.getByRole("button", { name: "Send your response" }).click();
  await expect(page.locator(".app-code")).toHaveText(code);

  await page.goto("/receipt");
  await page.getByLabel("Receipt code").fill("AAAA-AAAA-AAAA-AAAA");
  await page.getByRole("button", { name: "Show my response" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await page.getByLabel("Receipt code").fill(code.toLowerCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "Show my response" }).click();
  await expect(page.locator("main")).toContainText("The bus stop needs a roof.");
  await sound(page);
});

test("a resident votes, changes the vote, and adds a statement that waits", async ({ page }) => {
  await page.goto(`${slug}/vote`);
  await expect(page.locator(".soundings-ballot")).toContainText("Statement 1 of 8");
  await page.getByRole("button", { name: "Agree", exact: true }).click();
  await expect(page.locator(".soundings-ballot")).toContainText("Statement 2 of 8");
  await page.getByRole("button", { name: "Pass, or not sure" }).click();
  await expect(page.locator(".soundings-ballot")).toContainText("Statement 3 of 8");
  await page.getByText("Your votes so far").click();
  await page.getByRole("link", { name: /^Change/ }).first().click();
  await expect(page.locator(".soundings-ballot")).toContainText("Change your vote");
  await page.getByRole("button", { name: "Disagree", exact: true }).click();
  await expect(page.locator(".soundings-ballot")).toContainText("Statement 3 of 8");

  await page.getByLabel("Your statement").fill("x".repeat(230));
  await page.getByRole("button", { name: "Send your statement" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.getByLabel("Your statement")).toHaveValue("x".repeat(230));
  await sound(page);
  await page.getByLabel("Your statement").fill("Benches in the shade, please.");
  await page.getByRole("button", { name: "Send your statement" }).click();
  await expect(page.locator("main")).toContainText("1 statement of yours is waiting");
});
