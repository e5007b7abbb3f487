import { type Buyer, cards, choosePassword, fillWizard, goToPayment, payWith, seeHome } from "../journey/buy-home.ts";
import { urls } from "../support/copy.ts";
import { sharedHome } from "../support/homes.ts";
import { buyerOf, pay, toPayment } from "../support/paying.ts";
import { forgetFaults, nextRegistration, planFault, setName, webhooks } from "../support/sandbox.ts";
import { expect, type Page } from "../support/test.ts";
import { still, type Walk } from "./walk.ts";

type Plan = Omit<Parameters<typeof nextRegistration>[0], "name">;

/** Buys a name whose registration goes as planned. */
async function boughtAs(page: Page, label: string, plan: Plan): Promise<Buyer> {
  const buyer = buyerOf(label);
  await toPayment(page, buyer);
  await nextRegistration({ name: buyer.name, ...plan });
  await pay(page, buyer);
  return buyer;
}

/** The registrar's answers, each as the buyer sees it, and the deed it refused. */
export const watching: Walk = async function* ({ openBrowser }) {
  const stranger = await openBrowser(still);
  await stranger.goto("/start/watch");
  yield { what: "watching, in a browser we do not know", page: stranger };

  const making = await openBrowser(still);
  await boughtAs(making, "seen-pending", { outcome: "pending" });
  await expect(making.getByRole("list", { name: "What is being done" })).toContainText("Registering");
  yield { what: "being made", page: making };

  const held = await openBrowser(still);
  const slow = buyerOf("seen-held");
  await toPayment(held, slow);
  await planFault("cloudflare", { call: "registrations.create", kind: "refuse" });
  await pay(held, slow);
  await expect(held.getByRole("heading", { level: 2, name: "A person here is looking" })).toBeVisible();
  yield { what: "held up, and a person looks at it", page: held };

  const mail = await openBrowser(still);
  await boughtAs(mail, "seen-mail", { outcome: "action_required" });
  await expect(mail.getByRole("button", { name: "I have pressed the link" })).toBeVisible();
  yield { what: "the registry wants its mail answered", page: mail };

  const refused = await openBrowser(still);
  await boughtAs(refused, "seen-refused", { outcome: "failed", words: "Postal code does not exist" });
  await expect(refused.getByRole("link", { name: "Correct the deed" })).toBeVisible();
  yield { what: "the registry refuses the deed", page: refused };
  await refused.getByRole("link", { name: "Correct the deed" }).click();
  await refused.getByLabel("Postcode").fill("nowhere");
  yield { what: "correcting the deed", page: refused };
  await refused.getByRole("button", { name: "Save and ask again" }).click();
  await expect(refused.locator("#postalCode-error")).toBeVisible();
  yield { what: "correcting the deed, with a problem", page: refused };
};

export const waitingForMoney: Walk = async function* ({ openBrowser }) {
  const page = await openBrowser(still);
  const buyer = buyerOf("seen-money");
  await toPayment(page, buyer);
  await webhooks("lost");
  await planFault("stripe", { call: "checkout.sessions.retrieve", kind: "500-before", times: 500 });
  try {
    await pay(page, buyer);
    await expect(page.getByRole("heading", { level: 1, name: "We are waiting for your bank" })).toBeVisible();
    yield { what: "the payment has not arrived yet", page };
  } finally {
    await webhooks("normal");
    await forgetFaults();
  }
  await page.reload();
  await seeHome(page, buyer);
};

export const lostName: Walk = async function* ({ openBrowser }) {
  const page = await openBrowser(still);
  const buyer = buyerOf("seen-lost");
  await fillWizard(page, buyer);
  await goToPayment(page);
  await setName(buyer.name, "taken");
  await payWith(page, cards.success, buyer);
  await expect(page.getByRole("heading", { level: 2, name: "Look for another name" })).toBeVisible();
  yield { what: "the name is lost", page };
  await page.goto("/start/watch?q=O%27Brien%20family");
  yield { what: "the name is lost, and what is typed will not do", page };
  await page.goto("/start/watch?note=none");
  yield { what: "the name is lost, and none is chosen", page };
  await page.getByRole("button", { name: /^Give me .* back$/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You got your money back" })).toBeVisible();
  yield { what: "the money is back", page };
};

/** The home of a family in which one has used their card, and everybody's cards. */
export const homeAndCards: Walk = async function* ({ openBrowser, browser }) {
  const stranger = await openBrowser(still);
  await stranger.goto("/start/home");
  yield { what: "home, in a browser we do not know", page: stranger };
  const { cookies, buyer } = await sharedHome(browser, "smith");
  const page = await openBrowser({ ...still, storageState: cookies });
  await page.goto("/start/home");
  await seeHome(page, buyer);
  yield { what: "you are home", page };

  const childs = (await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href")) ?? "";
  await page.getByRole("link", { name: "Print Ben’s card" }).click();
  const code = page.locator(".code");
  await expect(code).toBeVisible();
  yield { what: "a card to print", page };
  const old = (await code.textContent()) ?? "";
  await page.getByRole("button", { name: "Make a new card" }).click();
  await expect(code).not.toHaveText(old);

  const reader = await openBrowser(still);
  await reader.goto(childs);
  yield { what: "a child's card", page: reader };
  await reader.goto("/card");
  yield { what: "the letters of a card", page: reader };
  const open = async (letters: string) => {
    await reader.goto("/card");
    await reader.getByLabel("The letters on your card").fill(letters);
    await reader.getByRole("button", { name: "Open my card" }).click();
  };
  await open("WRONG");
  await expect(reader.locator("#code-error")).toBeVisible();
  yield { what: "the letters of no card", page: reader };
  await open(old);
  await expect(reader.getByRole("heading", { level: 1, name: "There is a newer card" })).toBeVisible();
  yield { what: "a card that was replaced", page: reader };
  await open((await code.textContent()) ?? "");
  await expect(reader.getByRole("heading", { level: 1, name: "Hello Ben. Your place is ready." })).toBeVisible();
  yield { what: "an adult's card", page: reader };
  await reader.getByRole("button", { name: "Save my password" }).click();
  await expect(reader.locator("#password-error")).toBeVisible();
  yield { what: "an adult's card, with a problem", page: reader };
  await reader.goto("/card/nobody-knows-this-card");
  yield { what: "an unknown card", page: reader };
  await reader.goto(`/apps/${buyer.name}`);
  yield { what: "the apps", page: reader };
};

export const usedCard: Walk = async function* ({ openBrowser }) {
  const page = await openBrowser(still);
  const buyer = buyerOf("seen-used");
  await toPayment(page, buyer);
  await pay(page, buyer);
  await seeHome(page, buyer);
  await page.getByRole("link", { name: "Choose my password" }).click();
  yield { what: "one's own card", page };
  const card = page.url();
  await choosePassword(page, "lantern harbour apple saddle");
  yield { what: "a password is saved", page };
  await page.goto(card);
  yield { what: "a card that was used", page };
  await page.goto("/start/home");
  yield { what: "you are home, with the password chosen and nobody else", page };
};

/** What friends see, served by the edge alone. */
export const familyPages: Walk = async function* ({ openBrowser, browser }) {
  const { buyer } = await sharedHome(browser, "smith");
  const page = await openBrowser(still);
  for (const path of ["/", `/${buyer.part}`, "/nobody", "/card"]) {
    await page.goto(`${urls.family(buyer.name)}${path}`);
    yield { what: `the family's own page ${path}`, page };
  }
};
