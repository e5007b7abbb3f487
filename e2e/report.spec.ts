import AxeBuilder from "@axe-core/playwright";
import { buyHome } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

/** A worker looks within a second or two, and writes the family's pages anew. */
const soon = { timeout: 30_000 };
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
async function look(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
}
const newest = async (to: string) => (await mailsTo(to))[0];

/** One of the staff opens the case and answers it. */
async function answer(page: Page, number: string, open: string, yes: string, why: string): Promise<void> {
  await page.goto("/admin/reports");
  await page.getByRole("link", { name: `Case ${number}`, exact: true }).click();
  await expect(heading(page, `Case ${number}`)).toBeVisible();
  await page.getByRole("button", { name: open }).click();
  const asked = page.getByRole("dialog");
  await asked.getByLabel("Why").fill(why);
  await asked.getByRole("button", { name: yes }).click();
  await expect(page.getByText(why)).toBeVisible(soon);
}

test("A friend reports a page, staff take it off and both read why; the friend disagrees, and somebody else answers", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("reported");
  const [at, email] = [`${buyer.name}/anna`, `friend-${Date.now().toString(36)}@post.example`];
  await buyHome(page, buyer);

  const friend = await openBrowser();
  await friend.goto(`${urls.family(buyer.name)}/anna`);
  await friend.getByRole("link", { name: "Report this page." }).click();
  await expect(friend.getByLabel("Which page or person?")).toHaveValue(at);
  await look(friend);
  // Something is left out: nothing that was typed is lost.
  await friend.getByLabel("Tell us more").fill("She is not Anna.\nI know Anna.");
  await friend.getByLabel("Your e-mail, if you want an answer").fill(email);
  await friend.getByRole("button", { name: "Send" }).click();
  await expect(friend.getByRole("alert", { name: "There is a problem" })).toBeVisible();
  await expect(friend.getByLabel("Tell us more")).toHaveValue("She is not Anna.\nI know Anna.");
  await look(friend);
  await friend.getByLabel("It pretends to be someone").check({ force: true });
  await friend.getByRole("button", { name: "Send" }).click();
  await expect(heading(friend, "Thank you")).toBeVisible();
  await look(friend);
  const number = /\d+/.exec((await friend.getByRole("heading", { name: /^Case \d+$/ }).textContent()) ?? "")?.[0] ?? "";
  await expect.poll(async () => (await newest(email))?.subject).toBe(`Your report is case ${number}`);

  const priya = await openBrowser();
  await joinStaff(priya, `priya-${number}@nameplate.example`, "Priya N.");
  await priya.goto("/admin/reports");
  await look(priya);
  await priya.getByRole("link", { name: `Case ${number}`, exact: true }).click();
  await expect(priya.getByText("I know Anna.")).toBeVisible();
  await look(priya);
  const why = "The page bears the name of somebody else.";
  await answer(priya, number, "Take the page off", "Take it off", why);
  await expect(priya.getByText(`${at}, taken off by us`)).toBeVisible(soon);
  await expect(async () => {
    const other = await openBrowser();
    expect((await other.goto(`${urls.family(buyer.name)}/anna`))?.status()).toBe(404);
    await other.close();
  }).toPass(soon);
  await expect.poll(async () => (await newest(buyer.email))?.subject).toBe(`We took the page ${at} off`);
  const told = (await newest(buyer.email))?.text.replace(/\s+/g, " ");
  expect(told).toContain(why);
  expect(told).not.toContain(email);
  await expect.poll(async () => (await newest(email))?.subject).toBe(`Case ${number}: what we decided`);

  const link = /http\S+\/report\/\S+/.exec((await newest(email))?.text ?? "")?.[0] ?? "";
  await friend.goto(link);
  await look(friend);
  await friend.getByRole("button", { name: "Send" }).click();
  await expect(friend.getByRole("alert", { name: "There is a problem" })).toBeVisible();
  await friend.getByLabel("What did we miss?").fill("She also writes to my mother.");
  await friend.getByRole("button", { name: "Send" }).click();
  await expect(heading(friend, "We have your answer")).toBeVisible();
  await look(friend);

  const sam = await openBrowser();
  await joinStaff(sam, `sam-${number}@nameplate.example`, "Sam O.");
  await answer(sam, number, "Pass it on", "It was passed on", "We told the police what you told us.");
  await look(sam);
  await expect.poll(async () => (await newest(email))?.subject).toBe(`Case ${number}: what we decided now`);
});

test("Whoever runs a home reports somebody elsewhere, and reads what we cannot do", async ({ page }) => {
  const buyer = buyerOf("reporting");
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("link", { name: "Report somebody" }).click();
  await expect(page.getByText("At another host we cannot close anybody’s account.")).toBeVisible();
  await look(page);
  await page.getByLabel("Which page or person?").fill("@troll:far.example");
  await page.getByLabel("It is unkind or dangerous").check({ force: true });
  await expect(page.getByLabel("Your e-mail, if you want an answer")).toHaveValue(buyer.email);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(heading(page, "Thank you")).toBeVisible();
  await expect.poll(async () => (await newest(buyer.email))?.subject).toMatch(/^Your report is case \d+$/);
});
