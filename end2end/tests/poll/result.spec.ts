import { expect, sound, test } from "../../support/journey";
import { signIn, signOut } from "../../support/people";

const open = "/consultations/neighbourhood-fund-what-should-we-pay-for";
const closed = "/consultations/youth-centre-what-should-it-be-for";

test("while people vote a poll shows only about how many have; once it has closed, that it is being counted", async ({ page }) => {
  await page.goto(open);
  await expect(page.getByRole("link", { name: /^Vote: Which projects/ })).toBeVisible();
  await sound(page);
  await page.goto(`${open}/polls/1/result`);
  await expect(page.getByRole("heading", { name: /^Sealed until/ })).toBeVisible();
  await expect(page.locator("svg.app-chart__svg")).toHaveCount(0);
  await sound(page);
  await expect(page.locator("main")).toContainText("About 210");
});

test("a published result says who won, shows its whole working and how to count again", async ({ page }) => {
  await page.goto(`${closed}/outcome`);
  await page.getByRole("link", { name: "What should we build inside the youth centre?" }).click();
  await sound(page);
  const main = page.locator("main");
  await expect(page.getByRole("heading", { name: /projects are funded, for £/ })).toBeVisible();
  await expect(main).toContainText("Indicative");
  await expect(main).toContainText("Voters who get something");
  await expect(main).toContainText("With and without the ballots set aside");
  await expect(main).toContainText("soundings count ballots.json");
  await page.goto(`${closed}/polls/2/result`);
  await expect(page.getByRole("heading", { name: /win the 3 places$/ })).toBeVisible();
  await expect(main).toContainText("Binding");
  await expect(main).toContainText("of 1,204 on the register");
  await expect(page.getByRole("table", { name: "Votes at the end of each stage" })).toBeVisible();
  await sound(page);
  const json = await page.request.get(`${closed}/polls/2/result.json`);
  expect((await json.json()).result.rule).toBe("stv-scotland");
});

test("an officer counts and publishes a poll that has closed", async ({ page }) => {
  await signIn(page, "officer@council.example");
  await page.goto(`/desk${closed}/polls`);
  await sound(page);
  await page.getByRole("link", { name: "On which evening should it always be open?" }).click();
  await sound(page);
  await page.getByRole("link", { name: "Count and publish" }).or(page.getByRole("button", { name: "Count and publish" })).click();
  await page.getByRole("button", { name: "Count and publish" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  await page.getByLabel("Every ballot is in").check();
  await page.getByRole("button", { name: "Count and publish" }).click();
  await expect(page.getByRole("heading", { name: /Friday wins with/ })).toBeVisible();
  await sound(page);
  await signOut(page);
  await page.goto(`${closed}/polls/3/result`);
  await expect(page.locator("main")).toContainText("SHA-256 of ballots.json");
});
