// What every journey checks besides its own steps: no request leaves for another host, nothing
// is refused by the content security policy, and axe finds nothing (where scripts run). Every request
// that our own server does not refuse is noted, so that a route without a journey is found. Each journey
// comes from an address of its own, as people do: limits count what one of them does.
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test as base, type Page } from "@playwright/test";

/** Where the requests of all journeys are noted, a line each. */
const visited = process.env.SOUNDINGS_E2E_VISITED;

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const test = base.extend<{ guarded: void }>({
  guarded: [
    async ({ page, baseURL }, use, info) => {
      const foreign: string[] = [];
      const complaints: string[] = [];
      const own = new URL(baseURL ?? "").host;
      const noted = new Set<string>();
      const [a, b, c] = createHash("sha256").update(info.testId).digest();
      await page.context().setExtraHTTPHeaders({ "x-forwarded-for": `10.${a}.${b}.${c}` });
      page.context().on("request", (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith("http") && url.host !== own) foreign.push(request.url());
      });
      page.context().on("response", (response) => {
        const url = new URL(response.url());
        if (url.host !== own || response.status() >= 400) return;
        noted.add(`${response.request().method()} ${url.pathname}`);
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (/Content Security Policy|Refused to/i.test(message.text())) complaints.push(message.text());
      });
      await use();
      if (visited) appendFileSync(visited, [...noted].map((line) => `${line}\n`).join(""));
      expect(foreign, "requests to other hosts").toEqual([]);
      expect(complaints, "errors in the page").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The page stands as it should: one h1, a title, no sideways scrolling at 320 px, axe content. */
export async function sound(page: Page): Promise<void> {
  await expect(page.locator("h1")).toHaveCount(1);
  await expect(page).toHaveTitle(/\S/);
  if (test.info().project.name !== "islands") return;
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 720 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `sideways scrolling at 320 px on ${page.url()}`).toBeLessThanOrEqual(0);
  const cut = await page.locator(".app-code").evaluateAll((codes) =>
    codes.filter((code) => {
      const own = code.getBoundingClientRect();
      const box = (code.closest(".govuk-panel") ?? document.documentElement).getBoundingClientRect();
      return own.right > box.right || code.scrollWidth > code.clientWidth + 1;
    }).length,
  );
  const columns = await page.locator(".app-scroll").evaluateAll((tables) =>
    tables.filter((table) => table.scrollWidth > table.clientWidth + 1).map((table) => table.getAttribute("aria-label")),
  );
  expect(columns, `tables with a column cut off at 320 px on ${page.url()}`).toEqual([]);
  expect(cut, `codes cut off at 320 px on ${page.url()}`).toBe(0);
  if (size) await page.setViewportSize(size);
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: (o: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe;
    const result = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    } as object);
    return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
  });
  expect(found, `axe on ${page.url()}`).toEqual([]);
}
