import { expect, test } from "../../support/journey";

test("a group that is pointed at stands out everywhere, and no longer when it is left", async ({ page }) => {
  await page.goto("/consultations/conversation-affordable-housing/opinion");
  await expect(page.locator(".app-lit")).toContainText("Point at a group");
  const groups = page.locator("#opinion-groups");
  await page.locator(".app-picture__group[data-group=B]").hover({ force: true });
  await expect(groups).toHaveAttribute("data-lit", "B");
  await page.locator("h1").hover();
  await expect(groups).not.toHaveAttribute("data-lit");
  await page.locator(".app-opinion__table [data-group=A] a").focus();
  await expect(groups).toHaveAttribute("data-lit", "A");
});
