import AxeBuilder from "@axe-core/playwright";
import { asApp } from "./journey/sealed-message.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { bensPassword, buyWithBen } from "./support/other-payer.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

/** A worker looks within a second or two, and asks the home. */
const soon = { timeout: 30_000 };
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const faults = async (page: Page) => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations;

test("Ben, who has moved in, is taken out: his app is let in no more; he is brought back, and it is, with the same password", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("take-out");
  const email = await buyWithBen(page, await openBrowser(), buyer);
  const who = { method: "GET", path: "account/whoami" } as const;
  const letBenIn = () => asApp({ name: buyer.name, part: "ben", password: bensPassword, calls: [who] });
  expect((await letBenIn())[0]?.status).toBe(200);
  /** What a friend sees who was not there before: others may have the page as it was for five minutes. */
  const friendSees = async (words: string) => {
    const friend = await openBrowser();
    await friend.goto(`${urls.family(buyer.name)}/ben`);
    await expect(heading(friend, words)).toBeAttached({ timeout: 1000 });
    await friend.close();
  };
  await friendSees("Write to Ben");

  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText("3 people live here.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Take out Anna" })).toHaveCount(0);
  await page.getByRole("button", { name: "Take out Ben" }).click();
  await expect(heading(page, "Take Ben out of the home?")).toBeVisible();
  await expect(page.getByText("What was written to others stays with them.")).toBeVisible();
  await expect(page.getByText("Your bill stays as it is.")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("link", { name: "Keep Ben" }).click();
  await expect(page.getByText("3 people live here.")).toBeVisible();
  await page.getByRole("button", { name: "Take out Ben" }).click();
  await page.getByRole("button", { name: "Take Ben out" }).click();

  await expect(page.getByText("2 people live here.")).toBeVisible();
  const takenOut = page.getByRole("region", { name: "Taken out" });
  await expect(takenOut).toContainText(/Taken out on .* Ben can come back until /);
  expect(await faults(page)).toEqual([]);
  await expect(() => expect(letBenIn()).rejects.toThrow(/M_USER_LOCKED/)).toPass(soon);
  await expect(() => friendSees("Nobody here by that name")).toPass(soon);
  const newest = async (to: string) => (await mailsTo(to))[0]?.subject;
  await expect.poll(() => newest(buyer.email)).toBe(`Ben was taken out of ${buyer.name}`);
  await expect.poll(() => newest(email)).toBe(`You were taken out of ${buyer.name}`);

  // The address is his alone.
  await page.getByRole("link", { name: "Add a person" }).click();
  await page.getByLabel("Given name").fill("Benjamin");
  await page.getByLabel("Their part of the address").fill("ben");
  await page.getByLabel("Adult").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("#part-new-error")).toContainText("who was taken out and can come back");

  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("button", { name: "Bring Ben back" }).click();
  await expect(heading(page, "Bring Ben back?")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Bring Ben back" }).click();
  await expect(page.getByText("3 people live here.")).toBeVisible();
  await expect(takenOut).toHaveCount(0);
  await expect(async () => {
    expect((await letBenIn())[0]?.status).toBe(200);
  }).toPass(soon);
  await expect(() => friendSees("Write to Ben")).toPass(soon);
  await expect.poll(() => newest(buyer.email)).toBe(`Ben is back at ${buyer.name}`);
  await expect.poll(() => newest(email)).toBe(`You are back at ${buyer.name}`);
});
