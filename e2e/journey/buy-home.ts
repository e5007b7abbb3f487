/** What a buyer does, screen by screen, as the words on the screens tell them. Used by the demo and by the tests. */
import { expect, type Page } from "@playwright/test";

export interface Buyer {
  readonly name: string;
  readonly given: string;
  readonly part: string;
  readonly email: string;
}

export const anna = (name: string): Buyer => ({
  name,
  given: "Anna",
  part: "anna",
  email: `anna@${name.replaceAll(".", "-")}.post.example`,
});

export const cards = {
  success: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  noMoney: "4000 0000 0000 9995",
  expired: "4000 0000 0000 0069",
  threeDSecure: "4000 0027 6000 3184",
} as const;

const next = (page: Page) => page.getByRole("button", { name: "Continue" }).click();

/** From the front page to a chosen name. */
export async function chooseName(page: Page, { name }: Buyer): Promise<void> {
  await page.goto("/");
  await page.getByLabel("What should your name be?").fill(name);
  await page.getByRole("button", { name: "Find my name" }).click();
  await expect(page.locator("input[type=radio]").first()).toBeAttached();
  const choice = page.locator(`input[type=radio][value="${name}"]`);
  if ((await choice.count()) === 0) {
    const words = await page.locator(".notice :is(h2, h3, p)").allTextContents();
    throw new Error(`${name} cannot be had: ${words.join(" ")}`);
  }
  await choice.check({ force: true });
  await next(page);
  await expect(page.getByRole("heading", { level: 1, name: "This is how you will look" })).toBeVisible();
}

export async function chooseLook(page: Page, { name, given, part }: Buyer): Promise<void> {
  await page.getByLabel("What do people call you?").fill(given);
  await page.getByLabel("Your part of the address").fill(part);
  await page.getByLabel("Type your name once more").fill(name);
  await next(page);
  await expect(page.getByRole("heading", { level: 1, name: "Who is it for?" })).toBeVisible();
}

export type Dweller = {
  readonly given: string;
  readonly part: string;
  readonly email?: string;
} & ({ readonly kind: "Adult" } | { readonly kind: "Child, under 18"; readonly age: Age });

/** As the screens say it. */
export type Age = "Under 10" | "10 to 12" | "13 to 15" | "16 or 17";

export async function addPeople(page: Page, people: readonly Dweller[]): Promise<void> {
  for (const [index, person] of people.entries()) {
    await page.getByRole("button", { name: "Add another person" }).click();
    await expect(page.locator("fieldset.card")).toHaveCount(index + 1);
    const card = page.locator("fieldset.card").nth(index);
    await card.getByLabel("Given name").fill(person.given);
    await card.getByLabel("Their part of the address").fill(person.part);
    await card.getByLabel(person.kind).check();
    if (person.kind !== "Adult") await card.getByLabel(person.age, { exact: true }).check();
    if (person.email) await card.getByLabel("E-mail").fill(person.email);
  }
  await next(page);
  await expect(page.getByRole("heading", { level: 1, name: "Whose name goes on the deed?" })).toBeVisible();
}

export async function fillDeed(page: Page, { email, given }: Buyer): Promise<void> {
  await page.getByLabel("Full name").fill(`${given} Smith`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Phone").fill("+44 7700 900123");
  await page.getByLabel("Country").selectOption({ label: "United Kingdom" });
  await page.getByLabel("House and street").fill("14 Mill Lane");
  await page.getByLabel("Town or city").fill("Frome");
  await page.getByLabel("County").fill("Somerset");
  await page.getByLabel("Postcode").fill("BA11 1AA");
  await next(page);
  await expect(page.getByRole("heading", { level: 1, name: "Check and pay" })).toBeVisible();
}

/** The box in which a parent agrees to a child's account, where one is asked. */
export const forChildren = (page: Page) => page.getByLabel(/^I am the parent or guardian of/);

/** Ticks the consents and presses the one button that costs money: on to the payment vendor's page. */
export async function goToPayment(page: Page): Promise<void> {
  await page.getByLabel(/Begin now/).check();
  if ((await forChildren(page).count()) > 0) await forChildren(page).check();
  await page.getByRole("button", { name: /^Subscribe and pay/ }).click();
  await expect(page.getByLabel("Card number")).toBeVisible();
}

/** A card as any page of the payment vendor's asks for it. */
export async function typeCard(page: Page, card: string, { given }: Pick<Buyer, "given">): Promise<void> {
  await page.getByLabel("Card number").fill(card);
  await page.getByLabel("Expiry date").fill("12 / 34");
  await page.getByLabel("Security code").fill("123");
  await page.getByLabel("Name on the card").fill(`${given} Smith`);
  await page.getByLabel("Postcode").fill("BA11 1AA");
}

export async function payWith(page: Page, card: string, buyer: Pick<Buyer, "given">): Promise<void> {
  await typeCard(page, card, buyer);
  await page.getByRole("button", { name: /^Subscribe and pay/ }).click();
}

/** A code that takes something off, on the payment vendor's page. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Promotion code").fill(code);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Discount")).toBeVisible();
}

/** Every screen up to the payment page. */
export async function fillWizard(page: Page, buyer: Buyer, people: readonly Dweller[] = []): Promise<void> {
  await chooseName(page, buyer);
  await chooseLook(page, buyer);
  await addPeople(page, people);
  await fillDeed(page, buyer);
}

/** The whole way from the front page to "You're home". */
export async function buyHome(page: Page, buyer: Buyer, people: readonly Dweller[] = []): Promise<void> {
  await fillWizard(page, buyer, people);
  await goToPayment(page);
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
}

export async function seeHome(page: Page, { given }: Pick<Buyer, "given">): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: `You’re home, ${given}.` })).toBeVisible({
    timeout: 60_000,
  });
}

/** Opens one's set-up card and chooses a password there. */
export async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel(/^(Choose a password|Make a secret password)/).fill(password);
  await page.getByRole("button", { name: "Save my password" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Saved\./ })).toBeVisible();
}
