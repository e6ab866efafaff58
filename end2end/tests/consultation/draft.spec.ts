// A draft in all its parts: what is added is taken away again, sent back, approved, withdrawn.
import { expect, sound, test } from "../../support/journey";
import { published, wholeDraft } from "../../support/draft";
import { signIn, signOut } from "../../support/people";

test("an officer adds a document and a statement, sees both in the preview, and takes the statement away", async ({ page }, info) => {
  test.slow();
  await signIn(page, "officer@council.example");
  const desk = await wholeDraft(page, `A bench with a plan ${info.project.name}`, 3);
  await page.goto(`${desk}/documents`);
  await page.getByLabel("Title").fill("The plan");
  await page.getByLabel("The file").setInputFiles({
    name: "plan.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Ten benches, in words."),
  });
  await page.getByRole("button", { name: "Add the document" }).click();
  await sound(page);
  await page.goto(`${desk}/statements`);
  for (const text of ["Benches need backs", "Benches need arms"]) {
    await page.getByLabel("One idea that people can agree or disagree with").fill(text);
    await page.getByRole("button", { name: "Add a statement" }).click();
  }
  await page.getByRole("button", { name: "Let residents add statements of their own" }).click();
  await expect(page.getByRole("button", { name: "Do not let residents add statements" })).toBeVisible();
  await page.getByRole("button", { name: "Remove Benches need arms" }).click();
  await expect(page.locator("main")).not.toContainText("Benches need arms");
  await sound(page);
  await page.goto(`${desk}/preview`);
  await expect(page.locator("main")).toContainText("All there is to know");
  await sound(page);
  const asked = page.waitForEvent("download");
  await page.getByRole("link", { name: /The plan/ }).first().click();
  expect((await asked).suggestedFilename()).toBe("plan.txt");
});

test("an approver sends a draft back with a note, and approves it when it has changed", async ({ page }, info) => {
  test.slow();
  await signIn(page, "officer@council.example");
  const desk = await wholeDraft(page, `A bench to send back ${info.project.name}`, 3);
  await page.goto(desk);
  await page.getByRole("button", { name: "Send for review" }).click();
  await signOut(page);
  await signIn(page, "approver@council.example");
  await page.goto(desk);
  await page.getByRole("link", { name: "Send it back" }).or(page.getByRole("button", { name: "Send it back" })).click();
  await sound(page);
  await page.getByRole("button", { name: "Send it back" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await page.getByLabel("What has to change?").fill("Say who pays for it");
  await page.getByRole("button", { name: "Send it back" }).click();
  await signOut(page);
  await signIn(page, "officer@council.example");
  await page.goto(desk);
  await expect(page.locator("main")).toContainText("Say who pays for it");
  await sound(page);
  // It was published after all, and is taken back before it opens.
  await published(page, desk);
  await signIn(page, "officer@council.example");
  await page.goto(desk);
  await page.getByRole("link", { name: /^Withdraw/ }).or(page.getByRole("button", { name: /^Withdraw/ })).click();
  await sound(page);
  await page.getByRole("link", { name: "Keep it" }).click();
  await page.goto(`${desk}/withdraw`);
  await page.getByRole("button", { name: "Withdraw it" }).click();
  await expect(page.locator("main")).toContainText("Withdrawn");
  await signOut(page);
  expect((await page.goto(desk.replace("/desk", "")))?.status()).toBe(404);
});

test("of two officers who change one text, the second sees both and loses nothing", async ({ page, browser }, info) => {
  test.slow();
  await signIn(page, "officer@council.example");
  const desk = await wholeDraft(page, `A bench for two ${info.project.name}`, 3);
  await page.goto(`${desk}/about`);

  const context = await browser.newContext();
  const colleague = await context.newPage();
  await signIn(colleague, "officer@council.example");
  await colleague.goto(`${desk}/about`);
  await colleague.getByLabel("The text").fill("What the colleague wrote");
  await colleague.getByRole("button", { name: "Save" }).click();
  await context.close();

  await page.getByLabel("The text").fill("What I wrote");
  await page.getByLabel("Summary").fill("My summary");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.locator(".app-conflict")).toContainText("What the colleague wrote");
  await expect(page.locator(".app-conflict")).toContainText("changed this at");
  await expect(page.getByLabel("The text")).toHaveValue("What I wrote");
  await expect(page.getByLabel("Summary")).toHaveValue("My summary");
  await sound(page);
  // Knowing both, the second one saves.
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto(`${desk}/about`);
  await expect(page.getByLabel("The text")).toHaveValue("What I wrote");
});
