import { buyHome } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, test } from "./support/test.ts";

test.setTimeout(180_000);

/** The day on which whoever is so old today was born. */
function bornYearsAgo(years: number): string {
  const today = new Date();
  return new Date(Date.UTC(today.getUTCFullYear() - years, today.getUTCMonth(), today.getUTCDate()))
    .toISOString()
    .slice(0, 10);
}

test("A parent says when a child was born; on its tenth birthday other rules are offered, shown and taken", async ({
  page,
}) => {
  const buyer = buyerOf("growing");
  await buyHome(page, buyer, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.getByRole("link", { name: "Birthday and what comes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "How Mia grows up" })).toBeVisible();
  await expect(page.getByText("Nothing by itself, until you say when Mia was born.")).toBeVisible();

  // A mistake is named beside the field, with what was typed.
  await page.getByLabel("When was Mia born?").fill(bornYearsAgo(30));
  await page.getByRole("button", { name: "Save the day" }).click();
  await expect(page.locator("#bornOn-error")).toContainText("Whoever was born on this day is 18 or older.");
  await expect(page.getByLabel("When was Mia born?")).toHaveValue(bornYearsAgo(30));
  await page.getByLabel("When was Mia born?").fill(bornYearsAgo(10));
  await page.getByRole("button", { name: "Save the day" }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  const comes = page.getByRole("region", { name: "What comes" });
  await expect(comes).toContainText("Mia is 13");
  await expect(comes).toContainText("From then Mia looks after the account alone");
  await expect(comes).not.toContainText("Mia is 10");

  // The sweep goes by each half minute.
  await expect
    .poll(async () => (await mailsTo(buyer.email)).map(({ subject }) => subject), { timeout: 60_000 })
    .toContain("Other rules fit Mia’s age");
  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("link", { name: "See what would change for Mia" }).click();
  const offer = page.getByRole("region", { name: "Rules for children of 10 to 12" });
  await expect(offer).toContainText("Mia opens no rooms: others write first, and Mia answers.");
  await expect(offer).toContainText("Mia may open rooms, and so be the first to write.");
  const older = await page.context().newPage();
  await older.goto(page.url());
  await page.getByRole("button", { name: "Use these rules" }).click();
  await expect(page.getByText("Saved. The home follows within seconds.")).toBeVisible();
  await expect(offer).toHaveCount(0);
  await older.getByRole("button", { name: "Leave them as they are" }).click();
  await expect(older.getByText("Somebody decided this meanwhile. This is how it is now.")).toBeVisible();
  await older.close();

  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByRole("region", { name: "Rules for Mia" })).toContainText("Mia may open rooms");
  await expect(page.getByRole("link", { name: "See what would change" })).toHaveCount(0);
});
