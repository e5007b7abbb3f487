import { type Buyer, fillWizard } from "../journey/buy-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { sharedHome, signedInHome } from "../support/homes.ts";
import { askAboutNextYear } from "../support/later-year.ts";
import { buyerOf } from "../support/paying.ts";
import { buyElsewhere, mailsTo } from "../support/sandbox.ts";
import { readNamesAgain } from "../support/set-back.ts";
import { enrolmentLink, withPasskeys } from "../support/staff.ts";
import { expect, type Page } from "../support/test.ts";
import { type Shown, still, type Walk } from "./walk.ts";

export const signingIn: Walk = async function* ({ openBrowser, browser }) {
  const { buyer } = await sharedHome(browser, "smith");
  const page = await openBrowser(still);
  await page.goto("/sign-in");
  yield { what: "signing in", page };
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.locator("#email-error")).toBeVisible();
  yield { what: "signing in, with a problem", page };
  await page.getByLabel("Your e-mail").fill(buyer.email);
  const before = (await mailsTo(buyer.email)).length;
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByText(`If we know ${buyer.email}, a link is on its way.`)).toBeVisible();
  yield { what: "signing in, a link is sent", page };
  await expect.poll(async () => (await mailsTo(buyer.email)).length).toBe(before + 1);
  const link = (await mailsTo(buyer.email))[0]?.links.find((one) => one.includes("/sign-in/link/")) ?? "";
  await page.goto(link);
  yield { what: "the link to sign in", page };
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: buyer.name })).toBeVisible();
  const other = await openBrowser(still);
  await other.goto(link);
  yield { what: "the link to sign in, used", page: other };
  await other.goto("/sign-in/link/nobody-knows-this-link");
  yield { what: "the link to sign in, unknown", page: other };
};

/** Nothing is saved: the home is shared. */
async function* rulesOfMia(page: Page, { name }: Buyer): AsyncGenerator<Shown> {
  await page.goto(`/home/${name}`);
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Rules for Mia" })).toBeVisible();
  yield { what: "a child’s rules", page };
  await page.getByLabel("Allow one more person").fill("ruth");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("#allow-error")).toBeVisible();
  yield { what: "a child’s rules, with a problem", page };
  await page.getByLabel("Allow one more person").fill("@ruth:jones.family");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "This changes for Mia" })).toBeVisible();
  yield { what: "what changes of a child’s rules", page };
  await page.goto(`/home/${name}`);
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.getByRole("link", { name: "Birthday and what comes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "How Mia grows up" })).toBeVisible();
  yield { what: "how a child grows up", page };
  await page.getByLabel("When was Mia born?").fill("1990-01-01");
  await page.getByRole("button", { name: "Save the day" }).click();
  await expect(page.locator("#bornOn-error")).toBeVisible();
  yield { what: "how a child grows up, with a problem", page };
  await page.getByRole("link", { name: "The rules for Mia" }).click();
  await page.getByRole("link", { name: "Your consent", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your consent for Mia" })).toBeVisible();
  yield { what: "a parent’s consent", page };
  await page.getByRole("link", { name: "Withdraw this consent" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Withdraw your consent for Mia?" })).toBeVisible();
  yield { what: "the question before a consent is withdrawn", page };
  await page.getByRole("link", { name: "Leave it as it is" }).click();
  await page.getByRole("link", { name: "The rules for Mia" }).click();
  await page.getByRole("link", { name: "Try it as a stranger" }).click();
  // The home is shared: somebody may have had it tried before.
  const tryIt = page.getByRole("button", { name: /^Try it (now|again)$/ });
  await expect(tryIt).toBeVisible();
  yield { what: "a child’s rules, before a stranger tries them", page };
  await tryIt.click();
  await expect(page.getByRole("heading", { name: "The stranger is trying" })).toBeVisible();
  // Two real homes, one of which may have to be made first.
  await expect(page.getByText(/^Tried on /)).toBeVisible({ timeout: 60_000 });
  yield { what: "a child’s rules, tried by a stranger", page };
}

export const family: Walk = async function* ({ openBrowser, browser }) {
  const { buyer, cookies } = await signedInHome(browser, "smith");
  const page = await openBrowser({ ...still, storageState: cookies });
  await withPasskeys(page);
  await page.goto("/home");
  yield { what: "the family page", page };
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("list", { name: "Your passkeys" })).toBeVisible();
  yield { what: "the family page, with a passkey", page };
  await page
    .getByRole("button", { name: /^Remove/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Remove this passkey?" })).toBeVisible();
  yield { what: "the question before a passkey is removed", page };
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("You have none yet.")).toBeVisible();
  await page.getByRole("link", { name: /card of Ben|card for Ben/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ben’s card" })).toBeVisible();
  yield { what: "one card of the family", page };
  await page.goto(`/home/${buyer.name}/bill`);
  yield { what: "the bill", page };
  await askAboutNextYear(buyer.email);
  await page.reload();
  await expect(page.getByRole("heading", { name: /^Your name costs much more/ })).toBeVisible();
  yield { what: "the bill, with a year of the name that asks for a yes", page };
  await page.goto(`/home/${buyer.name}/bill/stop`);
  yield { what: "the question before a bill is stopped", page };
  await page.goto(`/home/${buyer.name}/bill/plan`);
  yield { what: "the choice of another plan", page };
  await page.getByLabel("Just me").check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "“Just me” has room for one person" })).toBeVisible();
  yield { what: "the choice of a plan that has no room, with those it has no room for", page };
  yield* rulesOfMia(page, buyer);
  await page.goto(`/home/${buyer.name}/people/add`);
  yield { what: "adding a person", page };
  await page.getByLabel("Given name").fill("Mia");
  await page.getByLabel("Their part of the address").fill("mia");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("#part-new-error")).toBeVisible();
  yield { what: "adding a person, with problems", page };
  await page.getByLabel("Their part of the address").fill("mia2");
  await page.getByLabel("Child, under 18").check();
  await page.getByLabel("Under 10").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Add Mia?" })).toBeVisible();
  yield { what: "the question before somebody is added", page };
  await page.goto(`/withdraw?home=${buyer.name}`);
  yield { what: "withdrawing, whoever pays", page };
  await page.getByRole("button", { name: "Withdraw from contract here" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Confirm withdrawal" })).toBeVisible();
  yield { what: "the question before they withdraw, with its sums", page };
  await page.goto("/home/nobody.family");
  yield { what: "somebody else's home", page };
  await page.goto("/admin");
  yield { what: "the staff pages, to somebody who is not on the staff", page };
};

/** An alert that staff answer, from the row to its end: a worker opens it within its slow round of half a minute. */
async function* aNameOfNobody(page: Page, { name }: Buyer): AsyncGenerator<Shown> {
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(async () => {
    await page.goto("/admin/alerts");
    await expect(row).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 75_000 });
  yield { what: "the alerts, a name that no home wants among them", page };
  await row.getByRole("button", { name: "It belongs here" }).click();
  const asked = page.getByRole("dialog", { name: `Does ${name} belong in our account?` });
  await expect(asked).toBeVisible();
  yield { what: "the question before a name is called ours", page };
  await asked.getByLabel("Why").fill("It is the company's own.");
  await asked.getByRole("button", { name: "It belongs here" }).click();
  await expect(row).toHaveCount(0);
}

export const staff: Walk = async function* ({ openBrowser, browser }) {
  const { buyer } = await sharedHome(browser, "smith");
  const draft = buyerOf("seen-by-staff");
  await fillWizard(await openBrowser(still), draft);
  const ours = buyerOf("owned-by-us");
  await buyElsewhere(ours.name);
  await readNamesAgain();
  const email = `seen-${Date.now()}@nameplate.example`;
  const link = await enrolmentLink(email, "Sam");
  const page = await openBrowser(still);
  await withPasskeys(page);
  await page.goto(link);
  yield { what: "joining the staff", page };
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Set up how you sign in" })).toBeVisible();
  yield { what: "setting up a way in", page };
  await page.getByRole("button", { name: "Use an authenticator app instead" }).click();
  await expect(page.getByRole("img", { name: /^Square to scan/ })).toBeVisible();
  yield { what: "setting up an app", page };
  await page.getByLabel("Code from your authenticator app").fill("000000");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator("#code-error")).toBeVisible();
  yield { what: "setting up an app, with a wrong code", page };
  await page.getByRole("button", { name: "Set up a passkey" }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
  yield { what: "the staff's list", page };
  await page.goto("/admin?q=nobody-here");
  yield { what: "the staff's list, nothing found", page };
  await page.goto("/admin?show=blocked");
  yield { what: "the staff's list of one state", page };
  await page.goto(`/admin?q=${draft.name}`);
  await page.getByRole("link", { name: draft.name }).click();
  yield { what: "an order without a home", page };
  await page.goto(`/admin?q=${buyer.name}`);
  await page.getByRole("link", { name: buyer.name }).click();
  yield { what: "a family", page };
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Say why, in a few words.")).toBeVisible();
  yield { what: "the question why, unanswered", page };
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "homeserver" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "homeserver" })).toBeVisible();
  yield { what: "a step", page };
  yield* aNameOfNobody(page, ours);
  for (const path of ["/admin/alerts", "/admin/money", "/admin/audit", "/admin/you", "/home", "/admin/nobody"]) {
    await page.goto(path);
    yield { what: `${path}, to somebody on the staff`, page };
  }
  const other = await openBrowser(still);
  await other.goto(link);
  yield { what: "joining the staff by a used link", page: other };
  await signInByMail(other, email);
  await other.goto("/admin");
  yield { what: "proving that it is them", page: other };
};
