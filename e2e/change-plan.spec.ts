import { buyHome, forChildren } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo, renewBill, subscriptionOf } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

const pounds = async (page: Page): Promise<string> =>
  (await page.locator(".lines__total dd").first().textContent())?.trim() ?? "";

/** The worker has done it, and the bill's page shows what it is now. */
async function done(page: Page, each: string): Promise<void> {
  await page.waitForURL(/\/bill$/);
  await expect(page.getByRole("heading", { name: "We are changing your bill" })).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole("region", { name: "What you pay for" })).toContainText(each, { timeout: 30_000 });
}

test("A family adds a child, takes her out, takes the plan for one, and grows again; each bill is what it was shown", async ({
  page,
}) => {
  const buyer = buyerOf("change-plan");
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);

  // Somebody more, within what the plan includes: a mistake is named, and nothing that was typed is lost.
  await page.getByRole("link", { name: "Add a person" }).click();
  await page.getByLabel("Given name").fill("Mia");
  await page.getByLabel("Their part of the address").fill("anna");
  await page.getByLabel("Child, under 18").check();
  await page.getByLabel("Under 10").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("#part-new-error")).toContainText(`@anna:${buyer.name} is already Anna’s`);
  await expect(page.getByLabel("Given name")).toHaveValue("Mia");
  await page.getByLabel("Their part of the address").fill("mia");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Add Mia?" })).toBeVisible();
  await expect(page.getByText("Your bill stays as it is.")).toBeVisible();
  await forChildren(page).check();
  await page.getByRole("button", { name: "Add Mia" }).click();
  await page.waitForURL(new RegExp(`/home/${buyer.name}$`));
  await expect(page.getByText("2 people live here.")).toBeVisible();
  await expect(page.getByRole("link", { name: "See card of Mia" })).toBeVisible();

  // The plan for one has no room for two, and both are named.
  await page.goto(`/home/${buyer.name}/bill`);
  await page.getByRole("link", { name: "Change the plan" }).click();
  await page.getByLabel("Just me").check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "“Just me” has room for one person" })).toBeVisible();
  for (const who of [`Anna, @anna:${buyer.name}`, `Mia, @mia:${buyer.name}`])
    await expect(page.getByText(who)).toBeVisible();

  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("button", { name: "Take out Mia" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Take Mia out of the home?" })).toBeVisible();
  await page.getByRole("button", { name: "Take Mia out" }).click();
  await expect(page.getByText("1 person lives here.")).toBeVisible();

  await page.goto(`/home/${buyer.name}/bill/plan`);
  await page.getByLabel("Just me").check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: /^Your next bill, on/ })).toBeVisible({ timeout: 30_000 });
  for (const line of [/up to 6 people: unused time until/, /one person: the time from/, /one person: from/])
    await expect(page.getByText(line)).toBeVisible();
  await expect(page.getByText("After that it is £4.25 each month")).toBeVisible();
  await expect(page).toHaveTitle(/^Change to “Just me”\?/);
  await page.getByRole("button", { name: "Change to “Just me”" }).click();
  await done(page, "£4.25");

  // One more, and the home is the one with room for two. An adult's card goes by mail.
  await page.getByRole("link", { name: "Add a person" }).click();
  const ben = `ben@${buyer.name.replaceAll(".", "-")}.post.example`;
  await page.getByLabel("Given name").fill("Ben");
  await page.getByLabel("Their part of the address").fill("ben");
  await page.getByLabel("Adult").check();
  await page.getByLabel("E-mail").fill(ben);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("So your home is “The family” from now on.")).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Your next bill, on/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/one person: unused time until/)).toBeVisible();
  const shown = await pounds(page);
  await page.getByRole("button", { name: "Add Ben" }).click();
  await done(page, "£6.25");
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText("2 people live here.")).toBeVisible();
  await expect.poll(async () => (await mailsTo(ben)).length).toBe(1);

  // The bill that comes is the one that was shown last: the vendor turns its period now, ahead of our clock.
  await page.goto(`/home/${buyer.name}/bill`);
  await renewBill(await subscriptionOf(buyer.email));
  const paid = page.getByRole("region", { name: /^Table of payments/ }).getByRole("row");
  await expect(async () => {
    await page.reload();
    await expect(paid).toHaveCount(3, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(paid.nth(1)).toContainText(shown);

  // By the year from when the name's year begins anew, and thinking better of it.
  await page.goto(`/home/${buyer.name}/bill`);
  await page.getByRole("button", { name: "Pay by the year" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Pay by the year from .* on\?$/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^The first bill of it, on/ })).toBeVisible({ timeout: 30_000 });
  for (const sum of ["£45.00", "£21.00", "£66.00"]) await expect(page.getByText(sum).first()).toBeVisible();
  await page.getByRole("button", { name: "Pay by the year" }).click();
  const turns = page.getByRole("heading", { name: /^From .* on you pay £66.00 each year$/ });
  await expect(turns).toBeVisible();
  await page.getByRole("button", { name: "Go on paying by the month" }).click();
  await expect(turns).toHaveCount(0);
});
