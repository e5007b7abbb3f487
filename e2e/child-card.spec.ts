import { execFileSync } from "node:child_process";
import { anna, buyHome, choosePassword } from "./journey/buy-home.ts";
import { signInWithApp } from "./journey/sealed-message.ts";
import { copy, urls } from "./support/copy.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.describe.configure({ mode: "serial" });
const stamp = Date.now().toString(36);
const smith = anna(`cards-${stamp}.family`);
const passwords = { mia: `teapot ${stamp} giraffe moon`, ben: `window ${stamp} saddle river` };

/** Cookies of the parent's browser, and what is on the cards, from one test to the next. */
let parent: Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;
let childsLink = "";
let code = "";

const row = (page: Page, given: string) => page.getByRole("listitem").filter({ hasText: `@${given.toLowerCase()}:` });

/** The files of the running copy that hold this text: databases, queue, mails, ledgers, logs, everything. */
function filesWith(text: string): string {
  try {
    return execFileSync("grep", ["-rlaF", "--", text, copy.layout.data], { encoding: "utf8" });
  } catch (error) {
    // grep's way of saying that it found nothing is 1; a file that went away while it read makes it 2.
    return (error as { stdout?: string }).stdout ?? "";
  }
}

test("a child's card works once, and sets a password that stays nowhere but in the home", async ({
  page,
  openBrowser,
}) => {
  await buyHome(page, smith, [
    { given: "Ben", part: "ben", kind: "Adult", email: `ben@${stamp}.post.example` },
    { given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" },
  ]);
  parent = await page.context().storageState();
  childsLink = `${urls.web}${await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href")}`;

  const childs = await openBrowser();
  await childs.goto(childsLink);
  await expect(childs.getByText("Open this with a grown-up")).toBeVisible();
  await expect(childs.getByRole("heading", { level: 1, name: "Hello Mia. This is your name." })).toBeVisible();
  await childs.reload(); // looking uses nothing up
  await choosePassword(childs, passwords.mia);
  const userId = `@mia:${smith.name}`;
  expect((await signInWithApp({ userId, password: passwords.mia })).userId).toBe(userId);
  expect(filesWith(passwords.mia)).toBe("");

  await page.reload();
  await expect(row(page, "Mia")).toContainText("Card used");
});

test("the second try says that the card was used, by whom it was made, and changes nothing", async ({
  openBrowser,
}) => {
  const other = await openBrowser();
  await other.goto(childsLink);
  await expect(other.getByRole("heading", { level: 1, name: "This card has been used" })).toBeVisible();
  await expect(other.getByText("A card works once.")).toBeVisible();
  await expect(other.getByText("ask Anna for a new card now: it ends the old password")).toBeVisible();
  await expect(other.getByLabel(/password/i)).toHaveCount(0);
});

test("of two who save at the same moment one is let in, and the other reads that the card was used", async ({
  openBrowser,
}) => {
  const page = await openBrowser({ storageState: parent });
  await page.goto("/start/home");
  await row(page, "Mia").getByRole("button", { name: "New card for Mia" }).click();
  await expect(row(page, "Mia")).toContainText("Card ready");
  const link = (await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href")) ?? "";
  const [one, two] = [await openBrowser(), await openBrowser()];
  for (const [n, tab] of [one, two].entries()) {
    await tab.goto(link);
    await tab.getByLabel("Make a secret password").fill(`at once ${stamp} number ${n}`);
  }
  await Promise.all([one, two].map((tab) => tab.getByRole("button", { name: "Save my password" }).click()));
  const outcome = async (tab: Page) => {
    await expect(tab.getByRole("heading", { level: 1, name: /^Saved\.|^This card has been used/ })).toBeVisible();
    return (await tab.getByRole("heading", { level: 1 }).textContent())?.startsWith("Saved") ?? false;
  };
  const saved = [await outcome(one), await outcome(two)];
  expect(saved.filter(Boolean)).toHaveLength(1);
  const userId = `@mia:${smith.name}`;
  const winner = saved.indexOf(true);
  await signInWithApp({ userId, password: `at once ${stamp} number ${winner}` });
  await expect(signInWithApp({ userId, password: `at once ${stamp} number ${1 - winner}` })).rejects.toThrow();
  await expect(signInWithApp({ userId, password: passwords.mia })).rejects.toThrow();
});

test("an adult's card comes by mail, can be printed, and opens by the letters on it, typed as people type", async ({
  openBrowser,
}) => {
  const [mail] = await mailsTo(`ben@${stamp}.post.example`);
  expect(mail?.subject).toBe(`Anna made you a place at ${smith.name}`);
  expect(mail?.links.some((link) => link.includes("/card/"))).toBe(true);
  const page = await openBrowser({ storageState: parent });
  await page.goto("/start/home");
  await page.getByRole("link", { name: "Print Ben’s card" }).click();
  const card = page.getByRole("article", { name: "Set-up card for Ben" });
  await expect(card.getByRole("img", { name: "Square to scan: opens Ben’s set-up card" })).toBeVisible();
  code = (await card.locator(".code").textContent()) ?? "";
  expect(code).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
  await page.emulateMedia({ media: "print" });
  await expect(card).toBeVisible();
  await expect(page.getByRole("button", { name: "Print this card" })).toBeHidden();

  // The address on the card is the family's own; it leads to the page for the letters.
  const bens = await openBrowser();
  await bens.goto(`${urls.family(smith.name)}/card`);
  await bens.getByRole("link", { name: "Open my card" }).click();
  await expect(bens).toHaveURL(`${urls.web}/card`);
  await bens.getByLabel("The letters on your card").fill("KKKKK-22222");
  await bens.getByRole("button", { name: "Open my card" }).click();
  await expect(bens.getByText("No card has these letters. Check them, or ask for a new card.").first()).toBeVisible();
  await bens.getByLabel("The letters on your card").fill(` ${code.toLowerCase().replace("-", " ")} `);
  await bens.getByRole("button", { name: "Open my card" }).click();
  await expect(bens.getByRole("heading", { level: 1, name: "Hello Ben. Your place is ready." })).toBeVisible();
});

test("a new card ends the old one, and says so to whoever holds it", async ({ openBrowser }) => {
  const page = await openBrowser({ storageState: parent });
  await page.goto("/start/home");
  await page.getByRole("link", { name: "Print Ben’s card" }).click();
  await page.getByRole("button", { name: "Make a new card" }).click();
  await expect(page.locator(".code")).not.toHaveText(code);
  const fresh = (await page.locator(".code").textContent()) ?? "";

  const bens = await openBrowser();
  const openWith = async (letters: string) => {
    await bens.goto("/card");
    await bens.getByLabel("The letters on your card").fill(letters);
    await bens.getByRole("button", { name: "Open my card" }).click();
  };
  await openWith(code);
  await expect(bens.getByRole("heading", { level: 1, name: "There is a newer card" })).toBeVisible();
  await openWith(fresh);
  await choosePassword(bens, passwords.ben);
  await signInWithApp({ userId: `@ben:${smith.name}`, password: passwords.ben });
});
