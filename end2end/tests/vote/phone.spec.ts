import { expect, sound, test } from "../../support/journey";

const slug = "/consultations/station-quarter-a-brief-for-the-old-goods-yard";

test("on a small phone each vote brings the next statement into sight with the focus, and the last vote can be changed", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${slug}/vote`);
  const statement = page.locator("#statement");
  const first = (await statement.getByRole("heading").innerText()).trim();
  await statement.getByRole("button", { name: "Agree", exact: true }).click();
  await expect(page).toHaveURL(/\/vote\?after=\d+#statement$/);
  await expect(statement).toBeFocused();
  await expect(statement).toHaveAccessibleName(new RegExp(`^You agreed: “${first.slice(0, 20)}.*Statement 2 of 8`));
  const next = (await statement.getByRole("heading").innerText()).trim();
  expect(next).not.toBe(first);
  for (const name of ["Agree", "Disagree", "Pass, or not sure"]) {
    await expect(statement.getByRole("button", { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
  await expect(statement.getByRole("heading")).toBeInViewport({ ratio: 1 });
  const change = statement.getByRole("link", { name: "Change this vote" });
  await expect(change).toBeInViewport();
  await sound(page);

  // By keyboard: one Tab from the statement to its first button.
  await page.keyboard.press("Tab");
  await expect(statement.getByRole("button", { name: "Agree", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(statement).toContainText("Statement 3 of 8");
  await expect(statement).toBeFocused();
  await statement.getByRole("link", { name: "Change this vote" }).click();
  await expect(statement.getByRole("heading")).toHaveText(next);
  await expect(statement.getByRole("button", { name: "Agree", exact: true })).toHaveAttribute("aria-pressed", "true");
  await sound(page);
});
