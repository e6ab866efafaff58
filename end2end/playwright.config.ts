// Journeys: each runs with scripts off (html) and on (islands); `*.island.spec.ts` only with. What would
// disturb others (`*.alone.spec.ts`) runs when they are done.
import { defineConfig } from "@playwright/test";

const launchOptions = {
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
  ],
};

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json"]],
  use: {
    baseURL: process.env.SOUNDINGS_E2E_URL ?? "http://127.0.0.1:3000",
    locale: "en-GB",
    timezoneId: "Europe/London",
    screenshot: "only-on-failure",
    launchOptions,
  },
  projects: [
    { name: "html", testIgnore: /\.(island|alone)\.spec\.ts$/, use: { javaScriptEnabled: false } },
    { name: "islands", testIgnore: /\.alone\.spec\.ts$/, use: { javaScriptEnabled: true } },
    { name: "html alone", testMatch: /\.alone\.spec\.ts$/, use: { javaScriptEnabled: false } },
    { name: "islands alone", testMatch: /\.alone\.spec\.ts$/, use: { javaScriptEnabled: true } },
  ],
});
