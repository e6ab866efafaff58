import { expect, sound, test } from "../../support/journey";
import { signIn, signOut } from "../../support/people";

test("a concern goes from a resident to the police team and back", async ({ page }) => {
  await page.goto("/concerns/new");
  await page.getByLabel("Or choose the ward").selectOption({ label: "Castle & Priory" });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("main")).toContainText("Call 999");
  await page.getByRole("link", { name: /it is about a place/ }).or(page.getByRole("button", { name: /it is about a place/ })).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  await page.getByLabel("Speeding and parking").check();
  await page.getByLabel("What happens?").fill("Scooters on the pavement. Call 07700 900123.");
  await page.getByLabel("Where?").fill("The corner by the post office");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("main")).toContainText("07700 900123 looks like a phone number");
  await sound(page);
  await page.getByRole("button", { name: "Change what happens" }).click();
  await expect(page.getByLabel("Where?")).toHaveValue("The corner by the post office");
  await page.getByLabel("What happens?").fill("Scooters on the pavement at school time.");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("main")).not.toContainText("looks like");
  await page.getByRole("button", { name: "Send your concern" }).click();
  const code = (await page.locator(".app-code").innerText()).trim();
  await sound(page);
  await page.getByLabel("Email address").fill("jo@example.org");
  await page.getByRole("button", { name: "Email me this receipt" }).click();
  await expect(page.locator("main")).toContainText("Receipt sent");
  await expect(page.locator(".app-code")).toHaveText(code);
  await sound(page);

  for (const email of ["north@police.example", "south@police.example"]) {
    await signIn(page, email);
    await page.goto("/desk/concerns");
    await sound(page);
    const row = page.locator("tr", { hasText: "The corner by the post office" });
    if (await row.count()) {
      await row.getByRole("link").click();
      await sound(page);
      await page.getByLabel("Somebody else").check();
      await page.getByLabel(/Reply to the person/).fill("We stand there on Monday morning.");
      await page.getByRole("button", { name: "Save and send the reply" }).click();
      await expect(page).toHaveTitle(/^Error:/);
      await sound(page);
      await page.getByLabel("The neighbourhood police team").check();
      await page.getByLabel("What is its status?").selectOption({ label: "Being looked into" });
      await page.getByRole("button", { name: "Save and send the reply" }).click();
      await page.goto("/desk/concerns?part=answered");
      await page.getByLabel("Status").selectOption({ label: "Being looked into" });
      await page.getByRole("button", { name: "Show" }).click();
      await expect(page.locator("main")).toContainText("Replied in time");
      await sound(page);
    }
    await signOut(page);
  }

  // Whichever of the two look-ups they find, it is the same concern.
  await page.goto("/receipt");
  await page.getByLabel("Receipt code").fill(code);
  await page.getByRole("button", { name: "Show my response" }).click();
  await expect(page.locator("h1")).toHaveText("Your concern");
  await page.goto("/concerns");
  await page.getByLabel("The code on your receipt").fill(code);
  await page.getByRole("button", { name: "Show me" }).click();
  await expect(page.locator("main")).toContainText("We stand there on Monday morning.");
  await expect(page.locator("main")).toContainText("The neighbourhood police team has it");
  await sound(page);
});

test("what was done is published once and read on the ward’s page", async ({ page }) => {
  await signIn(page, "north@police.example");
  await page.goto("/desk/concerns");
  await page.getByText("Say what was done in a ward").click();
  const ward = page.locator("main details a").first();
  const name = await ward.innerText();
  await ward.click();
  await sound(page);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveTitle(/^Error:/);
  await sound(page);
  const done = `A lamp was mended on ${test.info().project.name}.`;
  await page.getByLabel("You said").fill("The steps are dark.");
  await page.getByLabel("We did").fill(done);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.locator("h1")).toHaveText(name);
  await expect(page.getByText(done)).toHaveCount(1);
  await sound(page);
});
