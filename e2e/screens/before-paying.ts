import {
  addPeople,
  cards,
  chooseLook,
  chooseName,
  type Dweller,
  fillWizard,
  goToPayment,
  payWith,
} from "../journey/buy-home.ts";
import { sharedHome } from "../support/homes.ts";
import { buyerOf } from "../support/paying.ts";
import { forgetFaults, mailsTo, planFault } from "../support/sandbox.ts";
import { expect } from "../support/test.ts";
import { still, type Walk } from "./walk.ts";

export const site: Walk = async function* ({ openBrowser }) {
  const page = await openBrowser(still);
  for (const path of [
    "/",
    "/prices",
    "/terms",
    "/privacy",
    "/help",
    "/children",
    "/accessibility",
    "/elsewhere",
    "/nobody-lives-here",
  ]) {
    await page.goto(path);
    yield { what: path, page };
  }
  await page.goto("/withdraw");
  yield { what: "withdrawing, whoever they are", page };
  await page.getByRole("button", { name: "Withdraw from contract here" }).click();
  await expect(page.locator("#email-error")).toBeVisible();
  yield { what: "withdrawing, with a problem", page };
  await page.getByLabel("Your e-mail").fill("nobody@post.example");
  await page.getByLabel("Your name").fill("nobody.family");
  await page.getByRole("button", { name: "Withdraw from contract here" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Confirm withdrawal" })).toBeVisible();
  yield { what: "the question before somebody withdraws", page };
  await page.getByRole("button", { name: "Confirm withdrawal" }).click();
  await expect(page.getByRole("heading", { name: /^Noted on/ })).toBeVisible();
  yield { what: "a withdrawal that was noted", page };
  await page.goto("/report?page=nobody.family/anna");
  yield { what: "reporting a page", page };
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator("#kind-error")).toBeVisible();
  yield { what: "reporting a page, with a problem", page };
  await page.getByLabel("It is unkind or dangerous").check({ force: true });
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  yield { what: "a report that was sent", page };
  await page.goto("/report/guessed");
  yield { what: "a link to disagree that is nobody's", page };
  for (const path of ["/prices", "/"]) {
    await page.goto("/prices");
    await page.getByRole("radio", { name: "By the year" }).check({ force: true });
    await expect(page.getByRole("columnheader", { name: "A year in all" })).toBeVisible();
    await page.goto(path);
    yield { what: `${path}, by the year`, page };
  }
};

/** A page that breaks on its way: what was asked of the server comes back as a failure. */
export const brokenPage: Walk = async function* ({ openBrowser }) {
  const page = await openBrowser(still);
  await chooseName(page, buyerOf("broken"));
  await page.route("**/start/look", (route) =>
    route.request().method() === "POST" ? route.fulfill({ status: 418, body: "broken" }) : route.continue(),
  );
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Something broke on our side" })).toBeVisible();
  yield { what: "something broke", page };
};

export const names: Walk = async function* ({ openBrowser, browser }) {
  const page = await openBrowser(still);
  const owned = (await sharedHome(browser, "smith")).buyer.name;
  const searches = {
    "nothing searched yet": "",
    "a name that is not taken": `?q=${buyerOf("free").name}`,
    "a taken name": "?q=smith.com",
    "a name lost while choosing": "?q=smith.com&lost=1",
    "a rare name": "?q=king.family",
    "an ending not sold": "?q=smith.museum",
    "a name kept back": "?q=nameplate.family",
    "a name in odd letters": "?q=sm%D1%96th.family",
    "a name that lives here": `?q=${owned}`,
    "a name too like another": `?q=${owned.replace("-", "")}`,
    "nothing typed": "?q=",
    "a name with a space and an apostrophe": "?q=O%27Brien%20family",
    "nothing chosen": `?q=${buyerOf("free").name}&note=choose`,
    "no order in this browser": "?note=gone",
  };
  for (const [what, query] of Object.entries(searches)) {
    await page.goto(`/start/name${query}`);
    yield { what, page };
  }
  await planFault("cloudflare", { call: "registrar.check", kind: "500-before", times: 20 });
  await page.goto(`/start/name?q=${buyerOf("silent").name}`);
  await forgetFaults();
  yield { what: "a silent registry", page };
};

const ben: Dweller = { given: "Ben", part: "ben", kind: "Adult", email: "ben@post.example" };
const mia: Dweller = { given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" };

export const filling: Walk = async function* ({ openBrowser }) {
  const page = await openBrowser(still);
  const next = () => page.getByRole("button", { name: "Continue" }).click();
  const problems = () => expect(page.getByRole("alert").filter({ hasText: /^There/ })).toBeVisible();
  const buyer = { ...buyerOf("looked-at"), name: buyerOf("looked-at").name.replace(".family", ".uk") };
  await chooseName(page, buyer);
  yield { what: "how you will look", page };
  await page.getByLabel("Your part of the address").pressSequentially("Anna Smith");
  await expect(page.getByText("An address cannot contain a space.")).toBeVisible();
  yield { what: "an address that will not do, as it is typed", page };
  await next();
  await problems();
  yield { what: "how you will look, with problems", page };
  await page.getByLabel("What do people call you?").fill("Anna");
  await page.getByLabel("Your part of the address").fill("anna");
  await page.getByLabel("Type your name once more").fill(buyer.name);
  await expect(page.getByText("That is your name, letter for letter.")).toBeVisible();
  yield { what: "how you will look, all right", page };
  await chooseLook(page, buyer);
  yield { what: "nobody else yet", page };
  await page.getByRole("radio", { name: /^Just me/ }).check({ force: true });
  await expect(page.getByRole("complementary", { name: "Your order so far" })).toContainText("for one person");
  yield { what: "just me", page };
  await page.getByRole("button", { name: "Add another person" }).click();
  await expect(page.getByText(/^“Just me” has room for one person/)).toBeVisible();
  yield { what: "just me, and somebody else", page };
  await page.getByRole("button", { name: "Take out" }).click();
  await page.getByRole("radio", { name: /^The family/ }).check({ force: true });
  await expect(page.getByRole("complementary", { name: "Your order so far" })).toContainText("up to 6 people");
  for (let n = 1; n <= 6; n++) {
    await page.getByRole("button", { name: "Add another person" }).click();
    await expect(page.locator("fieldset.card")).toHaveCount(n);
  }
  yield { what: "seven people", page };
  await page.getByLabel("Child, under 18").first().check();
  await page.getByLabel("Under 10").first().check();
  await expect(page.getByRole("heading", { name: "How this person’s account begins" })).toBeVisible();
  yield { what: "seven people, a child of nine among them", page };
  await next();
  await problems();
  yield { what: "people, with problems", page };
  for (let left = 5; left >= 0; left--) {
    await page.getByRole("button", { name: "Take out" }).first().click();
    await expect(page.locator("fieldset.card")).toHaveCount(left);
  }
  await addPeople(page, [ben, mia]);
  yield { what: "the deed, with what .uk asks", page };
  await next();
  await problems();
  yield { what: "the deed, with problems", page };
};

export const paying: Walk = async function* ({ openBrowser }) {
  const page = await openBrowser(still);
  const buyer = buyerOf("looked-at-pay");
  await fillWizard(page, buyer, [ben, mia]);
  yield { what: "check and pay", page };
  await page.getByRole("radio", { name: "By the year" }).check({ force: true });
  await expect(page.getByRole("complementary", { name: "Your bill" })).toContainText("Each year");
  yield { what: "check and pay, by the year", page };
  await page.getByRole("button", { name: /^Subscribe and pay/ }).click();
  await expect(page.locator("#consent-error")).toBeVisible();
  yield { what: "check and pay, without the tick", page };
  for (const note of ["unpaid", "price&was=500", "vendor", "registry", "newer", "often"]) {
    await page.goto(`/start/pay?note=${note}`);
    yield { what: `check and pay, ${note}`, page };
  }
  await page.goto("/start/pay");
  await goToPayment(page);
  yield { what: "the payment page", page };
  await payWith(page, cards.declined, buyer);
  await expect(page.locator("#card-error")).toBeVisible();
  yield { what: "the payment page, declined", page };
  await payWith(page, cards.threeDSecure, buyer);
  yield { what: "the bank's question", page };
  await page.goto("/start/pay");
  yield { what: "check and pay, while a payment page is open", page };
};

export const comingBack: Walk = async function* ({ openBrowser }) {
  const page = await openBrowser(still);
  await page.goto("/start/save");
  yield { what: "nothing to save yet", page };
  const buyer = buyerOf("looked-at-later");
  await chooseName(page, buyer);
  const send = () => page.getByRole("button", { name: "Send me a link" }).click();
  for (const path of ["/start/save", "/start/resume"]) {
    await page.goto(path);
    yield { what: path, page };
    await send();
    await expect(page.locator("#email-error")).toBeVisible();
    yield { what: `${path}, with a problem`, page };
    await page.locator("#email").fill(buyer.email);
    await send();
    await expect(page.getByText(/We sent a link to|a new link is on its way/)).toBeVisible();
    yield { what: `${path}, sent`, page };
  }
  await expect.poll(async () => (await mailsTo(buyer.email)).length).toBe(2);
  const link = (await mailsTo(buyer.email))[0]?.links.find((one) => one.includes("/start/resume/")) ?? "";
  await page.goto(link);
  yield { what: "a link to come back by", page };
  await page.getByRole("button", { name: "Go on where I stopped" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "This is how you will look" })).toBeVisible();
  await page.goto(link);
  yield { what: "a link to come back by, used", page };
  await page.goto("/start/resume/nobody-knows-this-link");
  yield { what: "a link to come back by, unknown", page };
};
