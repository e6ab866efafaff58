import { expect, sound, test } from "../../support/journey";

const pages = [
  "/",
  "/consultations",
  "/consultations?q=goods+yard",
  "/consultations?q=nothingfitsthis",
  "/consultations/station-quarter-a-brief-for-the-old-goods-yard",
  "/consultations/station-quarter-a-brief-for-the-old-goods-yard/respond",
  "/consultations/station-quarter-a-brief-for-the-old-goods-yard/vote",
  "/consultations/a-crossing-for-priory-road/outcome",
  "/consultations/conversation-london-youth-policing/outcome",
  "/consultations/conversation-london-youth-policing/opinion",
  "/consultations/conversation-affordable-housing/opinion",
  "/outcomes",
  "/areas",
  "/areas/E05015907",
  "/areas/E05015907/neighbourhood",
  "/areas/E05015907/concern",
  "/areas/E05015907/concern?step=form",
  "/concerns",
  "/concerns/new",
  "/receipt",
  "/sign-in",
  "/reset",
  "/accessibility",
  "/privacy",
  "/cookies",
  "/terms",
  "/contact",
  "/licences",
];

for (const address of pages) {
  test(`${address} stands as it should`, async ({ page }) => {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(200);
    await sound(page);
  });
}

test("a page that does not exist says so and leads home", async ({ page }) => {
  const answer = await page.goto("/nothing/here");
  expect(answer?.status()).toBe(404);
  await sound(page);
  await page.locator("main").getByRole("link", { name: "home page" }).click();
  await expect(page).toHaveURL(/\/$/);
});

for (const address of ["/", "/consultations", "/areas", "/outcomes"]) {
  test(`${address} begins in sight on a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 720 });
    await page.goto(address);
    const top = await page.locator("h1").evaluate((heading) => heading.getBoundingClientRect().top);
    expect(top).toBeLessThanOrEqual(210);
  });
}

test("on a phone the menu is folded, opens and leads on", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  await page.goto("/");
  const outcomes = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Outcomes" });
  await expect(outcomes).toBeHidden();
  await page.getByText("Menu", { exact: true }).click();
  await outcomes.click();
  await expect(page).toHaveURL(/\/outcomes$/);
});

test("on a phone the first consultation is near, and what narrows the list opens", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  await page.goto("/consultations");
  const first = page.locator(".app-card").first();
  expect(await first.evaluate((card) => card.getBoundingClientRect().top)).toBeLessThan(900);
  await expect(page.getByLabel("Order")).toBeHidden();
  await page.getByText("Place, topic and order").click();
  await page.getByLabel("Order").selectOption({ label: "A to Z" });
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "A to Z" })).toBeVisible();
  await expect(page.getByLabel("Order")).toBeVisible();
});

test("on a phone the rows of a wide table are cards that say each heading", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  await page.goto("/outcomes");
  const row = page.getByRole("row", { name: /Local plan/ });
  await expect(row.getByRole("cell")).toHaveCount(8);
  const cell = row.getByRole("cell").nth(1);
  expect(await cell.evaluate((one) => getComputedStyle(one, "::before").content)).toContain("Team");
  const edge = await row.getByRole("cell").last().evaluate((one) => one.getBoundingClientRect().right);
  expect(edge).toBeLessThanOrEqual(320);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the wards can be told apart from what is behind them, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/areas");
    const contrast = await page.locator(".app-places__ward").first().evaluate((ward) => {
      const light = (colour: string): number => {
        const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
          const share = Number(part) / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const line = light(getComputedStyle(ward).stroke);
      const panel = light(getComputedStyle(ward.closest("aside") ?? document.body).backgroundColor);
      return (Math.max(line, panel) + 0.05) / (Math.min(line, panel) + 0.05);
    });
    expect(contrast).toBeGreaterThanOrEqual(3);
  });
}
