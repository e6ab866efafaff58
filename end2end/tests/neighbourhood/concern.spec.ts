import { expect, sound, test } from "../../support/journey";
import { signIn, signOut } from "../../support/people";

test("a concern goes from a resident to the police team and back", async ({ page }) => {
  await page.goto("/concerns/new");
  await page.getByLabel("Or choose the ward").selectOption({ label: "Castle & Priory" });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("main")).toContainText("Call 999");
  await page.getByRole("link", { name: /it is about a place/ }).or(page.getByRole("button", { name: /it is about a place/ })).click();
  await page.getByRole("button", { name: "Send your concern" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  await page.getByLabel("Speeding and parking").check();
  await page.getByLabel("What happens?").fill("Scooters on the pavement at school time.");
  await page.getByLabel("Where?").fill("The corner by the post office");
  await page.getByRole("button", { name: "Send your concern" }).click();
  const code = (await page.locator(".app-code").innerText()).trim();
  await sound(page);

  for (const email of ["north@police.example", "south@police.example"]) {
    await signIn(page, email);
    await page.goto("/desk/concerns");
    await sound(page);
    const row = page.locator("tr", { hasText: "The corner by the post office" });
    if (await row.count()) {
      await row.getByRole("link").click();
      await sound(page);
      await page.getByLabel("Ours", { exact: true }).check();
      await page.getByLabel("How far has it come?").selectOption({ label: "Being looked into" });
      await page.getByLabel(/Reply to the person/).fill("We stand there on Monday morning.");
      await page.getByRole("button", { name: "Save and send the reply" }).click();
    }
    await signOut(page);
  }

  await page.goto("/concerns");
  await page.getByLabel("The code on your receipt").fill(code);
  await page.getByRole("button", { name: "Show me" }).click();
  await expect(page.locator("main")).toContainText("We stand there on Monday morning.");
  await expect(page.locator("main")).toContainText("The neighbourhood police team has it");
  await sound(page);
});
