// The demonstration's people, and how they sign in and out.
import type { Page } from "@playwright/test";
import { expect } from "./journey";

export const passwords: Record<string, string> = {
  "officer@council.example": "officer heron canal",
  "design@council.example": "design heron canal",
  "approver@council.example": "approver heron canal",
  "moderator@council.example": "moderator heron canal",
  "north@police.example": "neighbourhood heron canal",
  "south@police.example": "neighbourhood otter canal",
  "inspector@police.example": "inspector heron canal",
  "administrator@council.example": "administrator heron canal",
  "auditor@council.example": "auditor heron canal",
};

/** Signs in as this person and comes to the desk. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email address", { exact: false }).first().fill(email);
  await page.getByLabel("Password", { exact: false }).first().fill(passwords[email] ?? "");
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/desk/);
}

/** Signs out again. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
}
