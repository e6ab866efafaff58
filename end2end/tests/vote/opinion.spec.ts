import { expect, sound, test } from "../../support/journey";

const quarter = "/consultations/station-quarter-a-brief-for-the-old-goods-yard";
const housing = "/consultations/conversation-affordable-housing";

test("from the voting page one comes to what people think, common ground first, and back to vote", async ({ page }) => {
  await page.goto(`${quarter}/vote`);
  await expect(page.locator("main")).toContainText("without names or times");
  await page.getByRole("link", { name: "What people think so far" }).click();
  await expect(page).toHaveURL(/\/opinion$/);
  await expect(page.locator("h1")).toContainText(/groups of opinion/);
  const headings = await page.locator("h2").allInnerTexts();
  expect(headings[0]).toContain("What every group agrees on");
  expect(headings[1]).toContain("Where the groups stand");
  await expect(page.getByRole("table", { name: "The groups as a table" })).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "Vote on statements" }).or(page.getByRole("link", { name: "Vote on statements" })).click();
  await expect(page).toHaveURL(/\/vote$/);
});

test("a group of the picture leads to what it says, by keyboard too", async ({ page }) => {
  await page.goto(`${housing}/opinion`);
  await expect(page.locator("main")).toContainText("The Computational Democracy Project");
  const group = page.getByRole("link", { name: /^Group B, about/ });
  await group.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#group-b$/);
  await expect(page.locator("#group-b")).toBeInViewport();
  await page.getByText("Every statement as a table").click();
  await expect(page.getByRole("table", { name: /Who agrees/ })).toBeVisible();
  await sound(page);
});

test("the votes of a closed conversation can be downloaded and counted again", async ({ page, request }) => {
  await page.goto(`${housing}/opinion`);
  for (const name of ["comments.csv", "participants-votes.csv", "summary.csv"]) {
    const href = await page.getByRole("link", { name }).getAttribute("href");
    const answer = await request.get(href ?? "");
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-type"]).toContain("text/csv");
  }
  const json = await request.get(`${housing}/opinion.json`);
  expect((await json.json()).opinion.groups.length).toBeGreaterThan(1);
});

test("a small conversation says how little can be said", async ({ page }) => {
  await page.goto("/consultations/conversation-london-youth-policing/opinion");
  await expect(page.locator("main")).toContainText("Groups that small are not shown");
  await sound(page);
});
