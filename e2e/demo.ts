/** The main job, done for you to watch. Prints what happened and the seconds of each stage; with --json one object. */
import { parseArgs } from "node:util";
import { type Browser, chromium } from "@playwright/test";
import { anna, type Buyer, buyHome, choosePassword } from "./journey/buy-home.ts";
import { sealedMessage } from "./journey/sealed-message.ts";
import { urls } from "./support/copy.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, headed: { type: "boolean", default: false } },
});
const stamp = Date.now().toString(36);
const name = positionals[0] ?? `smith-${stamp}.family`;
const say = (words: string): void => {
  if (!values.json) console.log(words);
};

/** What the product says of an order once it is done, read from its own page for machines. */
interface Times {
  readonly orderId: string;
  readonly paidToAccount: number;
  readonly paidToReady: number;
}

const password = `lantern ${stamp} harbour apple`;

/** One family, from the front page to a chosen password. Each family has a browser of its own. */
async function family(browser: Browser, buyer: Buyer): Promise<Times> {
  const context = await browser.newContext({ baseURL: urls.web, locale: "en-GB" });
  const page = await context.newPage();
  say(`\n${buyer.given} looks for ${buyer.name} and pays.`);
  await buyHome(page, buyer);
  const times = (await (await context.request.get("/api/order")).json()) as Times;
  say(`The home is ready: @${buyer.part}:${buyer.name}, ${times.paidToReady.toFixed(2)} s after the payment was seen.`);
  await page.getByRole("link", { name: "Choose my password" }).click();
  await choosePassword(page, password);
  say(`${buyer.given} has chosen a password.`);
  await context.close();
  return times;
}

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  headless: !values.headed,
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
});
try {
  const first = anna(name);
  const second: Buyer = {
    name: `jones-${stamp}.family`,
    given: "Ben",
    part: "ben",
    email: `ben@jones-${stamp}.post.example`,
  };
  const times = await family(browser, first);
  await family(browser, second);
  const userId = `@${first.part}:${first.name}`;
  const sealed = await sealedMessage(
    { userId, password },
    { userId: `@${second.part}:${second.name}`, password },
    "Tea at four?",
  );
  const seconds = {
    paidToAccount: times.paidToAccount,
    paidToReady: times.paidToReady,
    firstLogin: sealed.firstLogin,
    encryptedMessage: sealed.encryptedMessage,
  };
  if (values.json) console.log(JSON.stringify({ name, userId, orderId: times.orderId, seconds }));
  else {
    say(
      `\n${userId} signed in, and wrote to @${second.part}:${second.name}. It was opened there: “${sealed.decrypted}”\n`,
    );
    for (const [what, took] of Object.entries(seconds)) say(`  ${what.padEnd(18)} ${took.toFixed(2)} s`);
    say(`\nThe page of ${first.given}: ${urls.family(name)}/${first.part}`);
  }
} catch (error) {
  // The first line says what happened; what follows is a picture of the page in words, for whoever asks with DEBUG.
  const [first = ""] = String((error as Error).message).split("\n");
  console.error(process.env["DEBUG"] ? error : `\nThe demo stopped: ${first}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
