import { cards, payWith } from "./journey/buy-home.ts";
import { moneyOf, monthMinor, subjectsTo } from "./support/facts.ts";
import { buyerOf, toPayment } from "./support/paying.ts";
import { mayHandlePrograms, whileHeld } from "./support/processes.ts";
import { buyElsewhere } from "./support/sandbox.ts";
import { forgetBuyer, readNamesAgain } from "./support/set-back.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, type Page, test } from "./support/test.ts";

test.skip(!mayHandlePrograms, "sets the database of a copy back that scripts/test started");

/** What no row knows is found in the workers' slow rounds, half a minute apart. */
const slowly = { timeout: 75_000 };

/** The alert's row, once a worker has opened it. */
async function alertOf(desk: Page, words: string) {
  const row = desk.getByRole("region", { name: "Open alerts" }).getByRole("row").filter({ hasText: words });
  await expect(async () => {
    await desk.goto("/admin/alerts");
    await expect(row).toBeVisible({ timeout: 1000 });
  }).toPass(slowly);
  return row;
}

test("a payment whose order a restored backup has forgotten goes back once, though two of the staff press at once", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("forgotten");
  await toPayment(page, buyer);
  await whileHeld(["worker"], async () => {
    await payWith(page, cards.success, buyer);
    await expect(page.getByRole("heading", { level: 1, name: "We are waiting for your bank" })).toBeVisible();
    await forgetBuyer(buyer);
  });

  const [desk, other] = [await openBrowser(), await openBrowser()];
  await joinStaff(desk, "jamie@nameplate.example", "Jamie");
  await joinStaff(other, "lee@nameplate.example", "Lee");
  const [mine, theirs] = [await alertOf(desk, buyer.email), await alertOf(other, buyer.email)];
  await expect(mine).toContainText("Paid, and no order knows of it");
  await expect(mine).toContainText("£6.25");
  await expect(mine.getByRole("link", { name: /^pi_/ })).toBeVisible();
  await expect(mine.getByRole("link", { name: /^sub_/ })).toBeVisible();

  await mine.getByRole("button", { name: "Give the money back" }).click();
  const asked = desk.getByRole("dialog", { name: "Give £6.25 back?" });
  await asked.getByRole("button", { name: "Give it back" }).click();
  await expect(asked).toContainText("Say why, in a few words.");
  await asked.getByLabel("Why").fill("They wrote to us, and there is no home.");
  await theirs.getByRole("button", { name: "It is settled" }).click();
  const late = other.getByRole("dialog", { name: "Is this payment of £6.25 settled?" });
  await late.getByLabel("Why").fill("I thought it was.");
  await asked.getByRole("button", { name: "Give it back" }).click();
  await expect(asked).toBeHidden();
  await late.getByRole("button", { name: "It is settled" }).click();
  await expect(late).toContainText("This payment is settled already. Look at the page again.");

  await expect
    .poll(() => moneyOf(buyer), slowly)
    .toEqual({ charged: [monthMinor], refunded: [monthMinor], running: 0 });
  await expect.poll(() => subjectsTo(buyer), slowly).toContain("£6.25 is on its way back");
  await expect(mine).toHaveCount(0);
  await desk.goto("/admin/audit");
  const audited = desk.getByRole("row").filter({ hasText: "They wrote to us, and there is no home." });
  await expect(audited).toContainText("Jamie");
  await expect(audited).toContainText("gave back a payment");
  await expect(desk.getByRole("main")).not.toContainText("I thought it was.");
});

test("a name in our account that no home wants is an alert, until somebody says that it belongs there", async ({
  page: desk,
}) => {
  const { name } = buyerOf("our-own");
  await buyElsewhere(name);
  await readNamesAgain();
  await joinStaff(desk, "kim@nameplate.example", "Kim");
  const alert = await alertOf(desk, name);
  await expect(alert).toContainText("In our account, and no home’s");
  await alert.getByRole("button", { name: "It belongs here" }).click();
  const asked = desk.getByRole("dialog", { name: `Does ${name} belong in our account?` });
  await asked.getByLabel("Why").fill("It is the company's own.");
  await asked.getByRole("button", { name: "It belongs here" }).click();
  await expect(alert).toHaveCount(0);
  await desk.goto("/admin/audit");
  await expect(desk.getByRole("row").filter({ hasText: name })).toContainText("called a name ours");
});
