import AxeBuilder from "@axe-core/playwright";
import { buyHome, choosePassword } from "../journey/buy-home.ts";
import { asApp } from "../journey/sealed-message.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { goTo } from "../support/clock.ts";
import { urls } from "../support/copy.ts";
import { invite, inviteLink, sayYes } from "../support/other-parent.ts";
import { buyerOf } from "../support/paying.ts";
import { mailsTo } from "../support/sandbox.ts";
import { expect, type Page, test } from "../support/test.ts";
import { inDays } from "./life.ts";

test.setTimeout(600_000);

/** The module looks every two seconds, the sweep each half minute; two homes may have to wake. */
const soon = { timeout: 90_000 };
const passwords = { mia: "teapot giraffe moon river", ruth: "saddle window harbour apple" };
const words = "Are you coming on Saturday?";

/** Whoever is ten in so many days. */
function tenIn(days: number): string {
  const day = inDays(days);
  return new Date(Date.UTC(day.getUTCFullYear() - 10, day.getUTCMonth(), day.getUTCDate())).toISOString().slice(0, 10);
}
const rulesOfMia = (page: Page) => page.getByRole("link", { name: "Change the rules for Mia" }).click();
const untilSeen = (page: Page, path: string, text: string | RegExp) =>
  expect(async () => {
    await page.goto(path);
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 1000 });
  }).toPass(soon);

test("A child of nine lives a year and is ten: a stranger gets nowhere, two parents disagree about an aunt at another home, she is allowed, and other rules come when both know of them", async ({
  page,
  openBrowser,
}) => {
  const [smith, jones] = [buyerOf("child-year"), { ...buyerOf("aunt-year"), given: "Ruth", part: "ruth" }];
  const home = `/home/${smith.name}`;
  const ben = `ben@${smith.name.replaceAll(".", "-")}.post.example`;
  const [his, hers, childs] = [await openBrowser(), await openBrowser(), await openBrowser()];
  const mia = { name: smith.name, part: "mia", password: passwords.mia };
  const ruth = { name: jones.name, part: "ruth", password: passwords.ruth };

  await test.step("Anna buys the home, Mia chooses a password, and Ruth has a home of her own", async () => {
    await buyHome(page, smith, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
    const card = await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href");
    await childs.goto(`${urls.web}${card}`);
    await expect(childs.getByRole("region", { name: "Your rules" })).toContainText("You open no rooms yet");
    await choosePassword(childs, passwords.mia);
    await buyHome(hers, jones);
    await hers.getByRole("link", { name: "Choose my password" }).click();
    await choosePassword(hers, passwords.ruth);
  });

  await test.step("Ben looks after Mia, too, and Anna says when Mia was born", async () => {
    await signInByMail(page, smith.email);
    await invite(page, { name: smith.name, given: "Ben", email: ben });
    await his.goto(await inviteLink(ben, 1));
    await sayYes(his, ben);
    await expect(his.getByText(`Looked after by ${smith.given} and Ben.`)).toBeVisible();
    await page.goto(home);
    await rulesOfMia(page);
    await page.getByRole("link", { name: "Birthday and what comes" }).click();
    await page.getByLabel("When was Mia born?").fill(tenIn(180));
    await page.getByRole("button", { name: "Save the day" }).click();
    await expect(page.getByRole("region", { name: "What comes" })).toContainText("Mia is 10");
  });

  await test.step("a stranger tries, and nothing gets through", async () => {
    await page.getByRole("link", { name: "The rules for Mia" }).click();
    await page.getByRole("link", { name: "Try it as a stranger" }).click();
    await page.getByRole("button", { name: "Try it now" }).click();
    await expect(page.getByRole("heading", { name: "Nothing got through to Mia" })).toBeVisible(soon);
  });

  let room = "";
  await test.step("Ruth asks: Ben says not now, Anna allows it, and Ben’s older window is told", async () => {
    goTo(inDays(60));
    const body = { preset: "private_chat", invite: [`@mia:${smith.name}`] };
    const [made] = await asApp({ ...ruth, calls: [{ method: "POST", path: "createRoom", body }] });
    room = `rooms/${encodeURIComponent(String(made?.body["room_id"]))}`;
    const said = { msgtype: "m.text", body: words };
    await asApp({ ...ruth, calls: [{ method: "PUT", path: `${room}/send/m.room.message/1`, body: said }] });
    await signInByMail(his, ben);
    await untilSeen(his, home, `@ruth:${jones.name} would like to write to Mia`);
    const older = await his.context().newPage();
    await older.goto(home);
    await his.getByRole("button", { name: "Not now" }).click();
    await expect(his.getByText(/^Ben said not now/)).toBeVisible();
    await signInByMail(page, smith.email);
    await page.goto(home);
    await expect(page.getByText(/^Ben said not now/)).toBeVisible();
    await page.getByRole("button", { name: "Allow" }).click();
    await expect(page.getByText(new RegExp(`^${smith.given} allowed it`))).toBeVisible();
    await older.getByRole("button", { name: "Never this person" }).click();
    await expect(older.getByText("Somebody decided this a moment ago. Here is what they said.")).toBeVisible();
    await expect(older.getByText(new RegExp(`^${smith.given} allowed it`))).toBeVisible();
    await older.close();
    await expect(async () => {
      const [read] = await asApp({ ...mia, calls: [{ method: "GET", path: `${room}/messages?dir=b` }] });
      expect(JSON.stringify(read?.body)).toContain(words);
    }).toPass(soon);
  });

  const opens = async () => {
    const [made] = await asApp({ ...mia, calls: [{ method: "POST", path: "createRoom", body: {} }] });
    return made?.status;
  };
  await test.step("on the tenth birthday both are written to, Ben takes the rules, and Anna sees that he did", async () => {
    expect(await opens()).toBe(403);
    goTo(inDays(121));
    for (const to of [smith.email, ben])
      await expect
        .poll(async () => (await mailsTo(to)).map(({ subject }) => subject), soon)
        .toContain("Other rules fit Mia’s age");
    expect(await opens()).toBe(403);
    for (const [one, email] of [
      [page, smith.email],
      [his, ben],
    ] as const) {
      await signInByMail(one, email);
      await one.goto(home);
      await one.getByRole("link", { name: "See what would change for Mia" }).click();
      expect((await new AxeBuilder({ page: one }).setLegacyMode().analyze()).violations).toEqual([]);
    }
    await his.getByRole("button", { name: "Use these rules" }).click();
    await expect(his.getByText("Saved. The home follows within seconds.")).toBeVisible();
    await page.getByRole("button", { name: "Leave them as they are" }).click();
    await expect(page.getByText("Somebody decided this meanwhile. This is how it is now.")).toBeVisible();
    await page.getByRole("link", { name: "The rules for Mia" }).click();
    const decided = page.getByRole("region", { name: "What was decided" });
    await expect(decided.getByRole("heading", { level: 3 }).first()).toContainText("Ben");
    await expect(async () => expect(await opens()).toBe(200)).toPass(soon);
  });

  await test.step("after a year the aunt still writes to Mia, and a stranger still gets nowhere", async () => {
    goTo(inDays(185));
    const said = { msgtype: "m.text", body: "Happy new year" };
    await asApp({ ...ruth, calls: [{ method: "PUT", path: `${room}/send/m.room.message/2`, body: said }] });
    await expect(async () => {
      const [read] = await asApp({ ...mia, calls: [{ method: "GET", path: `${room}/messages?dir=b` }] });
      expect(JSON.stringify(read?.body)).toContain("Happy new year");
    }).toPass(soon);
    await signInByMail(page, smith.email);
    await page.goto(home);
    await rulesOfMia(page);
    await page.getByRole("link", { name: "Try it as a stranger" }).click();
    await page.getByRole("button", { name: "Try it again" }).click();
    await expect(page.getByText("The stranger is trying")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Nothing got through to Mia" })).toBeVisible(soon);
  });
});
