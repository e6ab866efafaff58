import { expect, sound, test } from "../../support/journey";
import { signIn, signOut } from "../../support/people";

// What a poll of each kind asks for besides its options.
const kinds: { kind: string; settings: [string, string][]; choose: string[]; cost?: string }[] = [
  { kind: "Ranking", settings: [["How many places are there to fill?", "2"]], choose: ["Single transferable vote, the rules of Scottish council elections"] },
  { kind: "Approval", settings: [["How many may one person tick at most?", "2"]], choose: [] },
  { kind: "Score", settings: [["What is the top score?", "9"]], choose: [] },
  { kind: "Dots", settings: [["How many points does each person have?", "7"]], choose: [] },
  { kind: "Participatory budget", settings: [["How much money is there?", "90000"]], choose: ["Points to spread over projects", "Equal Shares, with shares raised"], cost: "30000" },
];

test("an officer sets up a poll of each kind, and it stays as it is once it is in review", async ({ page }, info) => {
  // Five polls from nothing: as long as five journeys.
  test.slow();
  await signIn(page, "officer@council.example");
  await page.goto("/desk/consultations/new");
  await page.getByLabel("Title").fill(`Votes of every kind ${info.project.name}`);
  await page.getByLabel("Which team owns it?").selectOption({ label: "Planning Policy" });
  await page.getByRole("button", { name: "Begin" }).click();
  const desk = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Polls" }).click();
  await sound(page);

  for (const { kind, settings, choose, cost } of kinds) {
    await page.goto(`${desk}/polls`);
    await page.getByRole("link", { name: "Add a poll" }).or(page.getByRole("button", { name: "Add a poll" })).click();
    // A question without a kind is not enough, and is kept.
    await page.getByLabel("What do you ask?").fill(`Which, by ${kind}?`);
    await page.getByRole("button", { name: "Go on to its settings" }).click();
    await expect(page).toHaveTitle(/^Error:/);
    await expect(page.getByLabel("What do you ask?")).toHaveValue(`Which, by ${kind}?`);
    await page.getByRole("radio", { name: kind, exact: true }).check();
    await page.getByRole("button", { name: "Go on to its settings" }).click();
    await sound(page);
    for (const [label, value] of settings) await page.getByLabel(label).fill(value);
    for (const name of choose) await page.getByRole("radio", { name, exact: true }).check();
    await page.getByRole("button", { name: "Save" }).click();
    const poll = new URL(page.url()).pathname;
    await sound(page);
    await expect(page.locator("main")).toContainText("Before the consultation can be sent for review");
    for (const name of ["North", "South"]) {
      await page.goto(`${poll}/options`);
      await page.getByLabel("Name", { exact: true }).fill(name);
      if (cost) await page.getByLabel("What does it cost?").fill(cost);
      await page.getByRole("button", { name: /^Add an? (option|project)$/ }).click();
    }
    await sound(page);
    await page.getByRole("button", { name: "Up South" }).click();
    await expect(page.locator(".govuk-summary-list__value strong").first()).toHaveText("South");
    await page.goto(`${poll}/electorate`);
    await sound(page);
    await page.getByRole("radio", { name: "Anyone with an email address" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.goto(`${poll}/weight`);
    await sound(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.locator("main")).not.toContainText("Before the consultation can be sent for review");
    await page.goto(`${poll}/ballot-paper`);
    await sound(page);
    await expect(page.locator(".app-paper__option")).toHaveCount(2);
  }
  await page.goto(`${desk}/polls`);
  await sound(page);
  await expect(page.getByRole("row")).toHaveCount(kinds.length + 1);

  // One is taken away again, after a question.
  await page.getByRole("link", { name: "Which, by Dots?" }).click();
  await page.getByRole("link", { name: "Remove this poll" }).click();
  await sound(page);
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("row")).toHaveCount(kinds.length);
});

test("a register makes a letter for each elector, once", async ({ page }, info) => {
  await signIn(page, "officer@council.example");
  await page.goto("/desk/consultations/new");
  await page.getByLabel("Title").fill(`A vote by letter ${info.project.name}`);
  await page.getByLabel("Which team owns it?").selectOption({ label: "Planning Policy" });
  await page.getByRole("button", { name: "Begin" }).click();
  const desk = new URL(page.url()).pathname;
  await page.goto(`${desk}/polls/new`);
  await page.getByLabel("What do you ask?").fill("Shall the street be closed on Sundays?");
  await page.getByRole("radio", { name: "Approval", exact: true }).check();
  await page.getByRole("button", { name: "Go on to its settings" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  const poll = new URL(page.url()).pathname;
  await page.goto(`${poll}/electorate`);
  await page.getByRole("radio", { name: "People on a register" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await sound(page);
  await page.getByLabel("The register as CSV").setInputFiles({
    name: "register.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("name,address\nAda Byron,\"1 High Street, Dudley\"\n,2 High Street\n"),
  });
  await page.getByRole("button", { name: "Upload, and make the letters" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Line 3: the name is missing");
  await sound(page);
  await page.getByLabel("The register as CSV").setInputFiles({
    name: "register.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("name,address\nAda Byron,\"1 High Street, Dudley\"\nBea Cole,2 High Street\n"),
  });
  await page.getByRole("button", { name: "Upload, and make the letters" }).click();
  await expect(page.locator(".app-letter")).toHaveCount(2);
  await expect(page.locator(".app-letter__code strong").first()).toHaveText(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
  await sound(page);
  await page.goto(`${poll}/register`);
  await expect(page.locator("main")).toContainText("On the register");
  await sound(page);
  await signOut(page);
});

test("a paper ballot is keyed twice; two different keyings are refused", async ({ page }) => {
  const desk = "/desk/consultations/neighbourhood-fund-what-should-we-pay-for/polls/2";
  await signIn(page, "officer@council.example");
  await page.goto(desk);
  await sound(page);
  await page.getByRole("link", { name: "Key a ballot that came on paper" }).click();
  await sound(page);
  const key = async (first: string, second: string) => {
    await page.getByLabel("Foundry Park").fill(first);
    await page.getByLabel("Skylark Park").fill(second);
  };
  await key("1", "2");
  await page.getByRole("button", { name: "Go on to the second keying" }).click();
  await expect(page.getByLabel("Foundry Park")).toHaveValue("");
  await key("2", "1");
  await page.getByRole("button", { name: "Compare and count" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("differently the second time");
  await key("1", "2");
  await page.getByRole("button", { name: "Go on to the second keying" }).click();
  await key("1", "2");
  await page.getByRole("button", { name: "Compare and count" }).click();
  await expect(page.locator(".govuk-notification-banner")).toContainText("The ballot is in");
  await sound(page);
});
