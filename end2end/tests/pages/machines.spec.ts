// What other programs read: the feed, the files to count again, whether the site is up.
import { expect, test } from "../../support/journey";

const youth = "/consultations/youth-centre-what-should-it-be-for";
const housing = "/consultations/conversation-affordable-housing";

test("the hub leads to a feed of consultations", async ({ page }) => {
  await page.goto("/consultations");
  const href = await page.locator('link[type="application/atom+xml"]').first().getAttribute("href");
  expect(new URL(href ?? "", page.url()).pathname).toBe("/consultations.atom");
  const feed = await page.goto("/consultations.atom");
  expect(feed?.headers()["content-type"]).toContain("application/atom+xml");
  expect(await feed?.text()).toContain("Station Quarter");
});

test("the result of a poll and its ballots are files that a program reads", async ({ page }) => {
  const result = await page.goto(`${youth}/polls/2/result.json`);
  expect((await result?.json()).result.rule).toBe("stv-scotland");
  await page.goto(`${youth}/polls/2/result`);
  await page.getByRole("link", { name: "Download the list of ballots" }).click();
  await expect(page).toHaveURL(/ballots\.json$/);
  expect(JSON.parse(await page.locator("body").innerText()).ballots.length).toBeGreaterThan(100);
});

test("the votes of a closed conversation are files, and so is what people think", async ({ page }) => {
  const opinion = await page.goto(`${housing}/opinion.json`);
  expect((await opinion?.json()).opinion.groups.length).toBeGreaterThan(1);
  await page.goto(`${housing}/opinion`);
  const asked = page.waitForEvent("download");
  await page.getByRole("link", { name: "comments.csv" }).click();
  expect((await asked).suggestedFilename()).toMatch(/comments\.csv$/);
});

test("the signed heads of the record are text to keep, and say what they do not cover", async ({ page }) => {
  const heads = await page.goto("/record/heads");
  expect(heads?.headers()["content-type"]).toContain("text/plain");
  const text = (await heads?.text()) ?? "";
  expect(text).toMatch(/^head \d+ \S+Z$/m);
  expect(text).toContain("covered by none yet");
});

test("the site says that it lives and that it is ready", async ({ page }) => {
  expect(await (await page.goto("/health/live"))?.text()).toBe("live\n");
  expect(await (await page.goto("/health/ready"))?.text()).toBe("ready\n");
});
