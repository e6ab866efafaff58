// How a resident comes to a ballot paper: by the code of a letter, by a link, by a voting code.
import { expect, sound, test } from "../../support/journey";
import { published, wholeDraft } from "../../support/draft";
import { linkTo } from "../../support/mail";
import { signIn } from "../../support/people";

test("a letter and a link give one ballot paper each; a voting code opens it again in another browser", async ({ page }, info) => {
  test.slow();
  await signIn(page, "officer@council.example");
  const desk = await wholeDraft(page, `A bench to vote on ${info.project.name}`, -1);
  const setUp = async (question: string, who: string) => {
    await page.goto(`${desk}/polls/new`);
    await page.getByLabel("What do you ask?").fill(question);
    await page.getByRole("radio", { name: "Approval", exact: true }).check();
    await page.getByRole("button", { name: "Go on to its settings" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    const poll = new URL(page.url()).pathname;
    for (const name of ["North", "South", "Nowhere"]) {
      await page.goto(`${poll}/options`);
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByRole("button", { name: "Add an option" }).click();
    }
    await page.getByRole("button", { name: "Remove Nowhere" }).click();
    await expect(page.locator(".govuk-summary-list__value strong")).toHaveCount(2);
    await page.goto(`${poll}/electorate`);
    await page.getByRole("radio", { name: who }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.goto(`${poll}/weight`);
    await page.getByRole("button", { name: "Save" }).click();
    return poll;
  };
  const byLetter = await setUp("Where by letter?", "People on a register");
  await page.goto(`${byLetter}/register`);
  await page.getByLabel("The register as CSV").setInputFiles({
    name: "register.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("name,address\nAda Byron,1 High Street\n"),
  });
  await page.getByRole("button", { name: "Upload, and make the letters" }).click();
  const code = page.locator(".app-letter__code strong").first();
  const void_ = await code.innerText();
  await page.goto(`${byLetter}/register`);
  await page.getByLabel("The letters made before are void").check();
  await page.getByRole("button", { name: "Make new letters" }).click();
  const letter = await code.innerText();
  expect(letter).not.toBe(void_);
  await setUp("Where by email?", "Anyone with an email address");
  await published(page, desk);

  const polls = `${desk.replace("/desk", "")}/polls`;
  await page.goto(`${polls}/1/paper`);
  await sound(page);
  await page.getByLabel("The code on your letter").fill(void_);
  await page.getByRole("button", { name: "Get my ballot paper" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await page.getByLabel("The code on your letter").fill(letter.toLowerCase());
  await page.getByRole("button", { name: "Get my ballot paper" }).click();
  await expect(page.locator("h1")).toHaveText("Your ballot paper");
  await sound(page);
  await page.getByLabel("North").check();
  await page.getByRole("button", { name: "Check your ballot" }).click();
  await page.getByRole("button", { name: "Cast your ballot" }).click();
  const own = (await page.locator(".app-code").first().innerText()).trim();
  await page.goto(`${polls}/1/paper`);
  await page.getByRole("button", { name: "Finish and clear this browser" }).click();
  await page.goto(`${polls}/1/paper`);
  await page.getByRole("link", { name: "Open it with your voting code" }).click();
  await sound(page);
  await page.getByLabel("Your voting code").fill(own);
  await page.getByRole("button", { name: "Open my ballot paper" }).click();
  await expect(page.locator("h1")).toHaveText("Change your ballot");
  await expect(page.getByLabel("North")).toBeChecked();

  const email = `jo.${info.project.name}.${Date.now()}@example.org`;
  await page.goto(`${polls}/2/paper`);
  await page.getByLabel("Your email address").fill("not an address");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await page.getByLabel("Your email address").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.locator("h1")).toHaveText("Check your email");
  await sound(page);
  await page.goto(await linkTo(/\/polls\/2\/link$/, email));
  await sound(page);
  await page.getByRole("button", { name: "Get my ballot paper" }).click();
  await expect(page.locator("h1")).toHaveText("Your ballot paper");
});
