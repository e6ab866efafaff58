// Drafts of their own for journeys that change one, so that no journey meets another.
import type { Page } from "@playwright/test";
import { expect } from "./journey";
import { signIn, signOut } from "./people";

/** Days from now as a form's four fields. */
async function moment(page: Page, name: string, days: number, time: string): Promise<void> {
  const at = new Date(Date.now() + days * 86_400_000);
  await page.locator(`[name="${name}-day"]`).fill(String(at.getUTCDate()));
  await page.locator(`[name="${name}-month"]`).fill(String(at.getUTCMonth() + 1));
  await page.locator(`[name="${name}-year"]`).fill(String(at.getUTCFullYear()));
  await page.locator(`[name="${name}-time"]`).fill(time);
}

/** When a draft opens and closes, each in days from now and at a time, and why it closes then. */
export interface Period {
  readonly opens: readonly [number, string];
  readonly closes: readonly [number, string];
  readonly reason: string;
}

/** Fills in all that the gates ask for of a draft that has a title, as an officer who is signed in. */
export async function filledIn(page: Page, desk: string, period: Period): Promise<void> {
  await page.goto(`${desk}/about`);
  await page.getByLabel("Summary").fill("Where should it stand?");
  await page.getByLabel("Topic").fill("Streets");
  await page.getByLabel("The text").fill("# Everything\n\nAll there is to know <script>alert(1)</script>");
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto(`${desk}/scope`);
  await page.getByLabel("What is open?").fill("Where it stands");
  await page.getByLabel("What is fixed?").fill("The money");
  await page.getByLabel("Why?").fill("It is a grant");
  await page.getByRole("button", { name: "Save" }).click();
  for (const [name, nothing] of [["At the shops", false], ["Do nothing", true]] as const) {
    await page.goto(`${desk}/options`);
    await page.getByLabel("Title").fill(name);
    if (nothing) await page.getByLabel("This option is to do nothing").check();
    await page.getByRole("button", { name: "Add an option" }).click();
  }
  await page.goto(`${desk}/questions`);
  await page.getByLabel("The question", { exact: true }).fill("Where should it stand?");
  await page.getByRole("radio", { name: "Long text" }).check();
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.goto(`${desk}/contact`);
  await page.getByLabel("Name or team").fill("Planning Policy");
  await page.getByLabel("Email address").fill("planning@council.example");
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto(`${desk}/dates`);
  await moment(page, "opens", ...period.opens);
  await moment(page, "closes", ...period.closes);
  await page.getByLabel("Why that date?").fill(period.reason);
  await page.getByRole("button", { name: "Save" }).click();
}

/** An officer who is signed in begins a draft with all that the gates ask for; its path at the desk. */
export async function wholeDraft(page: Page, title: string, opens: number): Promise<string> {
  await page.goto("/desk/consultations/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Which team owns it?").selectOption({ label: "Planning Policy" });
  await page.getByRole("button", { name: "Begin" }).click();
  const desk = new URL(page.url()).pathname;
  await filledIn(page, desk, {
    opens: [opens, "09:00"],
    closes: [opens + 35, "17:00"],
    reason: "Five weeks",
  });
  return desk;
}

/** The officer sends it for review, somebody else approves and publishes it. Nobody is signed in then. */
export async function published(page: Page, desk: string): Promise<void> {
  await page.goto(desk);
  await page.getByRole("button", { name: "Send for review" }).click();
  await expect(page.locator("main")).toContainText("is waiting for somebody else");
  await signOut(page);
  await signIn(page, "approver@council.example");
  await page.goto(desk);
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await signOut(page);
}
