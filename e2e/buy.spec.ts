import { anna, buyHome, cards, choosePassword, fillWizard, goToPayment, payWith, seeHome } from "./journey/buy-home.ts";
import { sealedMessage, signInWithApp } from "./journey/sealed-message.ts";
import { urls } from "./support/copy.ts";
import { ledger, mailsTo, planFault, purchases } from "./support/sandbox.ts";
import { expect, test } from "./support/test.ts";

const stamp = Date.now().toString(36);
const smith = anna(`smith-${stamp}.family`);
test.describe.configure({ mode: "serial" });
const password = `lantern ${stamp} harbour apple`;

test("a family buys a name, pays once, watches it being made, and signs in with an app", async ({ page }) => {
  await fillWizard(page, smith, [
    { given: "Ben", part: "ben", kind: "Adult", email: smith.email.replace("anna", "ben") },
    { given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" },
  ]);
  await goToPayment(page);
  // Slow enough that the list can be seen before everything in it is done.
  await planFault("cloudflare", { call: "zones.list", kind: "slow", ms: 3000 });
  await payWith(page, cards.success, smith);
  await expect(page.getByRole("heading", { level: 1, name: "Your home is being made" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /\d of 8 things are done/ })).toBeVisible();
  const steps = page.getByRole("list", { name: "What is being done" }).getByRole("listitem");
  await expect(steps).toHaveCount(8);
  await expect(page.getByText(`We will write to ${smith.email} when it is done.`)).toBeVisible();
  await seeHome(page, smith);

  expect(await purchases(smith.name)).toEqual({ posts: 1, registered: 1 });
  const paid = JSON.stringify(await ledger("stripe", "charge.succeeded")).split(`"${smith.email}"`).length - 1;
  expect(paid, "charges").toBe(1);
  await expect
    .poll(async () => (await mailsTo(smith.email)).map((mail) => mail.subject))
    .toContain(`You are home: @anna:${smith.name} is ready`);

  await page.getByRole("link", { name: "Choose my password" }).click();
  await choosePassword(page, password);
  const userId = `@anna:${smith.name}`;
  expect((await signInWithApp({ userId, password })).userId).toBe(userId);
});

test("a message of one family is opened by another, found by name alone, sealed, over verified certificates", async ({
  page,
}) => {
  const jones = { ...anna(`jones-${stamp}.family`), given: "Ben", part: "ben" };
  await buyHome(page, jones);
  await page.getByRole("link", { name: "Choose my password" }).click();
  await choosePassword(page, password);
  const sealed = await sealedMessage(
    { userId: `@anna:${smith.name}`, password },
    { userId: `@ben:${jones.name}`, password },
    "Tea at four?",
  );
  expect(sealed.decrypted).toBe("Tea at four?");
});

test("a friend finds one button on an adult's page, and no page of a child", async ({ page }) => {
  await page.goto(`${urls.family(smith.name)}/anna`);
  await expect(page.getByText(`@anna:${smith.name}`).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Write to Anna" })).toHaveAttribute(
    "href",
    `https://matrix.to/#/${encodeURIComponent(`@anna:${smith.name}`)}`,
  );
  const child = await page.goto(`${urls.family(smith.name)}/mia`);
  expect(child?.status()).toBe(404);
  await expect(page.getByText("Mia")).toHaveCount(0);
});
