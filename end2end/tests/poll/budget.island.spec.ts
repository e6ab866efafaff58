import { expect, sound, test } from "../../support/journey";

const paper = "/consultations/neighbourhood-fund-what-should-we-pay-for/polls/1/paper";

test("a budget says what is spent as it is ticked, and stays in sight on a small phone", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(paper);
  const spent = page.locator(".app-spent__words");
  const crossing = page.getByLabel("A crossing at the Mill Street school");
  await expect(page.getByRole("button", { name: "Work out what is left" })).toBeHidden();
  await crossing.check();
  await expect(spent).toHaveText("£62,000 of £200,000. £138,000 is left.");
  await expect(spent).toBeInViewport();
  await expect(spent).toHaveRole("status");
  for (const name of ["A toilet in the park", "A pump track for bikes and scooters", "Fifty street trees"]) {
    await page.getByLabel(name).check();
  }
  await expect(spent).toHaveText("£223,000 of £200,000. That is £23,000 too much: take some away.");
  await crossing.uncheck();
  await expect(spent).toHaveText("£161,000 of £200,000. £39,000 is left.");
  await sound(page);
});

test("without scripts a button works out what is left and keeps what is ticked", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  await page.goto(paper);
  await page.getByLabel("A toilet in the park").check();
  await page.getByRole("button", { name: "Work out what is left" }).click();
  await expect(page.locator(".app-spent__words")).toHaveText("£78,000 of £200,000. £122,000 is left.");
  await expect(page.locator(".app-spent__words")).toBeInViewport();
  await expect(page.getByLabel("A toilet in the park")).toBeChecked();
  await expect(page.locator("h1")).toHaveCount(1);
  await context.close();
});
