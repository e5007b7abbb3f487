import { buyHome } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyerOf } from "./support/paying.ts";
import { decide, dispute, ledger, mailsTo } from "./support/sandbox.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(180_000);

/** Alerts open at the latest in a worker's slow rounds, half a minute apart. */
const shownBy = (page: Page, path: string, seen: () => Promise<void>) =>
  expect(async () => {
    await page.goto(path);
    await seen();
  }).toPass({ timeout: 75_000 });

test("A bank takes a payment back: the family is told, staff send what they read, once, and the bank decides", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("disputed");
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  const id = await dispute(buyer.email);
  const told = page.getByRole("heading", { name: "Your bank took £6.25 back" });
  await shownBy(page, `/home/${buyer.name}/bill`, () => expect(told).toBeVisible({ timeout: 500 }));
  await expect(page.getByText("cannot be moved before that")).toBeVisible();
  const write = await page.getByRole("link", { name: "Write to us about it" }).getAttribute("href");
  expect(write).toMatch(/^mailto:.+\?subject=/);
  await expect.poll(async () => (await mailsTo(buyer.email))[0]?.subject).toBe("Your bank took £6.25 back");

  const desk = await openBrowser();
  await joinStaff(desk, "wren@nameplate.example", "Wren");
  const alert = desk.getByRole("row").filter({ hasText: buyer.name });
  await shownBy(desk, "/admin/alerts", () => expect(alert).toContainText("fraudulent, 625 GBP", { timeout: 500 }));
  await alert.getByRole("link", { name: "A bank asks about a payment: answer it" }).click();
  const evidence = desk.getByRole("region", { name: "What the bank would read" });
  for (const words of [
    "Anna Smith",
    buyer.email,
    "ticked a box",
    "seen to work from outside",
    "The disputed payment is",
  ])
    await expect(evidence).toContainText(words);
  await desk.getByRole("button", { name: "Send" }).click();
  const asked = desk.getByRole("dialog", { name: `Send this to the bank about ${buyer.name}?` });
  await asked.getByLabel("Why").fill("They used the home.");
  await asked.getByRole("button", { name: "Send it" }).click();
  await expect(desk.getByRole("heading", { name: "Sent" })).toBeVisible({ timeout: 20_000 });
  const answers = (await ledger("stripe", "charge.dispute.updated")).filter(
    (entry) => (entry["object"] as { id: string }).id === id,
  );
  expect(answers).toHaveLength(1);
  await expect(alert).toHaveCount(0);

  await decide(id, "lost");
  await shownBy(page, `/home/${buyer.name}/bill`, () => expect(told).toHaveCount(0, { timeout: 500 }));
  await expect(page.getByRole("row").filter({ hasText: "Your bank took £6.25 back." })).toHaveCount(1);
  await expect
    .poll(async () => (await mailsTo(buyer.email))[0]?.subject)
    .toBe("Your bank decided: £6.25 stays with you");
  await desk.goto("/admin/money");
  await expect(desk.getByRole("row").filter({ hasText: buyer.name })).toHaveCount(0);
});
