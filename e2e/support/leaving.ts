/** A family that takes its name elsewhere: what it presses, and what a person of ours does. */
import { mailsTo } from "./sandbox.ts";
import { inDatabase } from "./set-back.ts";
import { expect, type Page } from "./test.ts";

/** Shows once more that it is them, by a link in the mailbox, and comes back to the page. */
export async function proveAgain(page: Page, email: string): Promise<void> {
  const here = page.url();
  const links = async () =>
    (await mailsTo(email)).flatMap((mail) => mail.links.filter((link) => link.includes("/sign-in/link/")));
  const before = (await links()).length;
  await page.getByRole("button", { name: "Send me a link to sign in" }).click();
  await expect(page.getByRole("heading", { name: `A link is on its way to ${email}` })).toBeVisible();
  await expect.poll(async () => (await links()).length).toBe(before + 1);
  await page.goto((await links())[0] ?? "no link in the mail");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/home\//);
  await page.goto(here);
}

/** As if whoever runs the home had signed in an hour earlier. */
export const forgetProof = (email: string): Promise<void> =>
  inDatabase([
    `UPDATE "Session" SET "createdAt" = "createdAt" - interval '1 hour'
     WHERE "userId" = (SELECT "id" FROM "User" WHERE "email" = $1)`,
    email,
  ]);

/** Has a worker look at the home now, which it does each hour by itself. */
export const lookNow = (name: string): Promise<void> =>
  inDatabase([`UPDATE "Tenant" SET "nextCheckAt" = now() WHERE "name" = $1`, name]);

/** As if the day of waiting were over. */
export const dayHasPassed = (name: string): Promise<void> =>
  inDatabase([
    `UPDATE "NameLeave" SET "waitsUntil" = now()
     WHERE "open" = (SELECT "id" FROM "Tenant" WHERE "name" = $1)`,
    name,
  ]);

/** Somebody on the staff unlocks the name at the registrar, and types its code here. */
export async function giveCode(desk: Page, name: string, code: string): Promise<void> {
  await expect(async () => {
    await desk.goto("/admin/alerts");
    await desk.getByRole("row").filter({ hasText: name }).getByRole("link", { name }).click({ timeout: 1000 });
  }).toPass({ timeout: 75_000 });
  const leave = desk.getByRole("region", { name: "Its name leaves" });
  await expect(leave).toContainText("Switch the transfer lock off.");
  await leave.getByRole("button", { name: "Give it to the family" }).click();
  const asked = desk.getByRole("dialog", { name: `Give ${name} to its family?` });
  await asked.getByLabel("Code from the registrar").fill(code);
  await asked.getByLabel("Why").fill("They asked, and a day has passed.");
  await asked.getByRole("button", { name: "Give it" }).click();
  await expect(desk.getByText("The family was told that it can go.")).toBeVisible();
}
