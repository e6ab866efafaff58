import { renameSync } from "node:fs";
import { expect, sound, test } from "../../support/journey";
import { folder, linkTo } from "../../support/mail";
import { signIn } from "../../support/people";

test("an email that did not leave is seen by an administrator, who sends it again", async ({ page }) => {
  const to = "councillor@council.example";
  const away = `${folder}-away`;
  renameSync(folder, away);
  try {
    await page.goto("/reset");
    await page.getByLabel("Email address").fill(to);
    await page.locator("main").getByRole("button").click();
    await signIn(page, "administrator@council.example");
    const row = page.getByRole("row").filter({ hasText: to });
    await expect(async () => {
      await page.goto("/desk/letters");
      await expect(row.first()).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await sound(page);
    await row.first().getByRole("button", { name: "Send it again" }).click();
    await expect(page.getByText("We are sending it again")).toBeVisible();
  } finally {
    renameSync(away, folder);
  }
  await linkTo(/^\/reset\//, to);
});
