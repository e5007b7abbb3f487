import AxeBuilder from "@axe-core/playwright";
import { buyHome, choosePassword } from "./journey/buy-home.ts";
import { asApp } from "./journey/sealed-message.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { buyerOf } from "./support/paying.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

const soon = { timeout: 30_000 };
const look = async (page: Page) =>
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

test("A family agrees on house terms: the example is written over, a child agrees with its card, and on its own page once more when they change", async ({
  page,
  openBrowser,
}) => {
  const smith = buyerOf("house");
  const password = "teapot giraffe moon river";
  await buyHome(page, smith, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
  const card = await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href");
  await signInByMail(page, smith.email);
  await page.goto(`/home/${smith.name}`);
  await page.getByRole("link", { name: "Agree on some" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "House terms" })).toBeVisible();
  await expect(page.getByText("You have none yet. Many families")).toBeVisible();
  await look(page);
  await page.getByRole("link", { name: "Begin with our example" }).click();
  const text = page.getByLabel("What you agree");
  await expect(text).toHaveValue(/We are kind to each other here/);
  await look(page);

  // A mistake is named beside the field; nothing is lost.
  const older = await page.context().newPage();
  await older.goto(page.url());
  const long = "We are kind. ".repeat(400);
  await text.fill(long);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#text-error")).toContainText("Keep it to 4000");
  await expect(text).toHaveValue(long);
  await look(page);
  await text.fill("We are kind.\n\nNo telephones at the table.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Whoever has an app is being asked there.")).toBeVisible();
  const who = page.getByRole("region", { name: "Who has agreed" });
  await expect(who.getByRole("listitem").filter({ hasText: "Mia" })).toContainText("Asked by the card");
  await look(page);
  await older.getByLabel("What you agree").fill("Mine.");
  await older.getByRole("button", { name: "Save" }).click();
  await expect(older.locator("#text-error")).toContainText("Somebody changed the house terms meanwhile.");
  await expect(older.getByLabel("What you agree")).toHaveValue("Mine.");
  await older.close();

  // The card shows them, and asks.
  const childs = await openBrowser();
  await childs.goto(`${urls.web}${card}`);
  await expect(childs.getByText("No telephones at the table.")).toBeVisible();
  await look(childs);
  await childs.locator("#password").fill(password);
  await childs.getByRole("button", { name: "Save my password" }).click();
  await expect(childs.locator("#house-error")).toContainText("Read what your family agreed");
  // Changed in this moment: the card shows what holds now, before anybody agrees to it.
  await page.getByRole("link", { name: "Change them" }).click();
  await page.getByLabel("What you agree").fill("We are kind.\n\nNo telephones in bed.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^Version 2/)).toBeVisible();
  await childs.getByLabel("We have read together what we agreed here").check();
  await childs.locator("#password").fill(password);
  await childs.getByRole("button", { name: "Save my password" }).click();
  await expect(childs.locator("#house-error")).toContainText("The house terms were changed a moment ago.");
  await expect(childs.getByText("No telephones in bed.")).toBeVisible();
  await expect(childs.getByLabel("We have read together what we agreed here")).not.toBeChecked();
  await childs.getByLabel("We have read together what we agreed here").check();
  await choosePassword(childs, password);
  await page.reload();
  await expect(who.getByRole("listitem").filter({ hasText: "Mia" })).toContainText("With the card");

  // They change: she is asked in her own app.
  await page.getByRole("link", { name: "Change them" }).click();
  await expect(page.getByText("We ask Mia to read it")).toBeVisible();
  await page.getByLabel("What you agree").fill("We are kind.\n\nTelephones rest at night.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(who.getByRole("listitem").filter({ hasText: "Mia" })).toContainText("Asked, no answer yet");
  await expect(page.getByText(/^Version 1/)).toBeVisible();
  let link = "";
  await expect(async () => {
    const calls = [{ method: "GET", path: `sync?timeout=${Date.now() % 1000}` }] as const;
    const [synced] = await asApp({ name: smith.name, part: "mia", password, calls });
    link =
      JSON.stringify(synced?.body)
        .match(/https?:[^\s"\\]*\/mine\/open\/[\w-]+/g)
        ?.at(-1) ?? "";
    expect(link).not.toBe("");
  }).toPass(soon);
  await childs.goto(link);
  await childs.getByRole("button", { name: "Open my page" }).click();
  await expect(childs.getByText("Telephones rest at night.")).toBeVisible();
  await childs.getByRole("button", { name: "I do not agree" }).click();
  await expect(childs.getByText("You said that you do not agree.")).toBeVisible();
  await page.goto(`/home/${smith.name}/house`);
  await expect(who.getByRole("listitem").filter({ hasText: "Mia" })).toContainText("Does not agree");
  await childs.getByRole("button", { name: "I agree", exact: true }).click();
  await expect(childs.getByText("You have agreed to this.")).toBeVisible();
  await look(childs);
  await page.reload();
  await expect(who.getByRole("listitem").filter({ hasText: "Mia" })).toContainText("On their own page");
  await page.getByRole("link", { name: "Back to the family" }).click();
  await expect(page.getByRole("region", { name: "House terms" })).toContainText("2 of 2 have agreed.");
});
