import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { buyHome, choosePassword } from "./journey/buy-home.ts";
import { signInWithApp } from "./journey/sealed-message.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

const soon = { timeout: 60_000 };
const look = async (page: Page) =>
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

test("A parent sees what we keep of a child, takes a copy, and has all of it erased: the account and everything but the address is gone", async ({
  page,
  openBrowser,
}) => {
  const smith = buyerOf("data");
  const password = "teapot giraffe moon river";
  await buyHome(page, smith, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
  const card = await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href");
  const childs = await openBrowser();
  await childs.goto(`${urls.web}${card}`);
  await choosePassword(childs, password);
  await childs.close();
  const mia = { userId: `@mia:${smith.name}`, password };
  await signInWithApp(mia);

  await signInByMail(page, smith.email);
  await page.goto(`/home/${smith.name}`);
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.getByRole("link", { name: "What we keep of Mia" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What we keep of Mia" })).toBeVisible();
  await expect(page.getByText("There is no contact page.")).toBeVisible();
  await look(page);
  const here = page.url();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Take a copy" }).click(),
  ]);
  const copy = readFileSync(await file.path(), "utf8");
  expect(JSON.parse(copy)).toMatchObject({ Person: [{ given: "Mia", part: "mia" }], Consent: [{ country: "GB" }] });
  expect(copy).not.toMatch(/hash|token|password/i);
  const stranger = await openBrowser();
  expect((await stranger.request.get(`${here}/copy`)).url()).toContain("/sign-in");
  await stranger.close();

  // Asked for, taken back, asked for again: nothing is erased before she is taken out.
  await page.getByRole("button", { name: "Erase Mia" }).click();
  await expect(page.getByText(`${smith.given} asked on`)).toBeVisible();
  await page.getByRole("button", { name: "Keep it after all" }).click();
  await expect(page.getByRole("button", { name: "Erase Mia" })).toBeVisible();
  await page.getByRole("button", { name: "Erase Mia" }).click();
  await look(page);
  await expect
    .poll(async () => (await mailsTo(smith.email)).map(({ subject }) => subject), soon)
    .toContain(`Mia is to be erased at ${smith.name}`);
  await page.goto(`/home/${smith.name}`);
  await expect(page.getByRole("heading", { name: "Mia is to be erased" })).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Take Mia out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Take Mia out of the home?" })).toBeVisible();
  await expect(page.getByText("This cannot be undone")).toBeVisible();
  await expect(page.getByText("For 30 days")).toHaveCount(0);
  await look(page);
  await page.getByRole("button", { name: /^Take Mia out/ }).click();
  await expect(async () => {
    await page.goto(`/home/${smith.name}`);
    await expect(page.getByText("1 person lives here.")).toBeVisible({ timeout: 1000 });
    await expect(page.getByRole("main")).not.toContainText("Mia", { timeout: 1000 });
  }).toPass(soon);
  expect((await page.goto(here))?.status()).toBe(404);
  await expect(async () => {
    await expect(signInWithApp(mia)).rejects.toThrow();
  }).toPass(soon);
});

test("Somebody who is taken out already is erased by a question of its own, and not before its answer", async ({
  page,
}) => {
  const smith = buyerOf("erase-now");
  await buyHome(page, smith, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
  const card = await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href");
  await page.goto(`${urls.web}${card}`);
  await choosePassword(page, "teapot giraffe moon river");
  await signInByMail(page, smith.email);
  await page.goto(`/home/${smith.name}`);
  await page.getByRole("button", { name: "Take out Mia" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Take Mia out of the home?" })).toBeVisible();
  await page.getByRole("button", { name: /^Take Mia out/ }).click();
  const now = page.getByRole("link", { name: "Erase now all of Mia" });
  await expect(async () => {
    await page.goto(`/home/${smith.name}`);
    await expect(now).toBeVisible({ timeout: 1000 });
  }).toPass(soon);
  await now.click();
  await expect(page.getByRole("heading", { level: 1, name: "Erase all of Mia?" })).toBeVisible();
  await look(page);
  await page.getByRole("link", { name: "Leave it as it is" }).click();
  await expect(page.getByRole("button", { name: "Bring Mia back" })).toBeVisible();
  await now.click();
  await page.getByRole("button", { name: "Erase Mia" }).click();
  await expect(page.getByRole("button", { name: "Bring Mia back" })).toHaveCount(0);
  await expect(async () => {
    await page.goto(`/home/${smith.name}`);
    await expect(page.getByRole("main")).not.toContainText("Mia", { timeout: 1000 });
  }).toPass(soon);
});
