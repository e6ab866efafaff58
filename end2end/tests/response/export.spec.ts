// An officer downloads the responses: with a button, because what leaves is noted in the record.
import { expect, sound, test } from "../../support/journey";
import { signIn } from "../../support/people";

const slug = "station-quarter-a-brief-for-the-old-goods-yard";

test("an officer downloads the responses in either shape", async ({ page }) => {
  await signIn(page, "officer@council.example");
  await page.goto(`/desk/consultations/${slug}/export`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Download responses");
  await sound(page);
  for (const [button, ending] of [["Download as CSV", "csv"], ["Download as JSON", "json"]]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: button }).click();
    expect((await download).suggestedFilename()).toBe(`${slug}.${ending}`);
  }
  // The address that began the download before now shows where it begins.
  await page.goto(`/desk/consultations/${slug}/export?format=csv`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Download responses");
});
