import { buyHome } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(180_000);

const subjects = async (email: string): Promise<string[]> => (await mailsTo(email)).map(({ subject }) => subject);
const withdrew = /^You withdrew on \d+ \w+ \d{4} at \d\d:\d\d$/;

async function say(page: Page, email: string, name: string): Promise<void> {
  await page.goto("/withdraw");
  await page.getByLabel("Your e-mail").fill(email);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Withdraw from contract here" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Confirm withdrawal" })).toBeVisible();
}

test("A family withdraws, reads what comes back and what is owed, has its receipt, and thinks better of it", async ({
  page,
}) => {
  const buyer = buyerOf("withdraw");
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}/bill`);
  await page
    .getByRole("region", { name: "Change something" })
    .getByRole("link", { name: /^Withdraw/ })
    .click();
  await expect(page.getByLabel("Your e-mail")).toHaveValue(buyer.email);
  await expect(page.getByLabel("Your name")).toHaveValue(buyer.name);
  await page.getByRole("button", { name: "Withdraw from contract here" }).click();
  // One day of £0.15 is begun, and eleven parts of £1.75 are left.
  for (const sum of ["£4.35", "£19.25", "£14.90"]) await expect(page.getByText(sum)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Take a copy first" })).toBeVisible();
  await page.getByRole("button", { name: "Confirm withdrawal" }).click();
  await expect(page.getByRole("heading", { name: withdrew })).toBeVisible();
  await expect(page.getByText("A receipt is in your mail.")).toBeVisible();
  await expect.poll(async () => (await subjects(buyer.email))[0]).toMatch(withdrew);
  const [receipt] = await mailsTo(buyer.email);
  for (const sum of ["£4.35", "£19.25", "£14.90"]) expect(receipt?.text).toContain(sum);
  await page.getByRole("button", { name: "Keep my home" }).click();
  await expect(page.getByRole("heading", { name: withdrew })).toHaveCount(0);
  await expect.poll(async () => (await subjects(buyer.email))[0]).toBe(`You keep ${buyer.name}`);
});

test("Somebody who is not signed in can withdraw, is shown no sums, and hears the same whoever they are", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("withdraw-signed-out");
  await buyHome(page, buyer);
  const stranger = await openBrowser();
  const told: string[] = [];
  for (const email of ["nobody-at-all@post.example", buyer.email]) {
    await say(stranger, email, buyer.name);
    await expect(stranger.getByText("£")).toHaveCount(0);
    await stranger.getByRole("button", { name: "Confirm withdrawal" }).click();
    await expect(stranger.getByRole("heading", { name: /^Noted on/ })).toBeVisible();
    told.push((await stranger.getByRole("main").textContent())?.replace(/Noted on .* at \d\d:\d\d/, "") ?? "");
  }
  expect(told[1]).toBe(told[0]);
  // A worker hears it in its next slow round, which comes each half minute.
  await expect.poll(async () => (await subjects(buyer.email))[0], { timeout: 75_000 }).toMatch(withdrew);
  expect(await mailsTo("nobody-at-all@post.example")).toEqual([]);
});
