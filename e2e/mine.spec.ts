import AxeBuilder from "@axe-core/playwright";
import { buyHome, choosePassword } from "./journey/buy-home.ts";
import { asApp } from "./journey/sealed-message.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { buyerOf } from "./support/paying.ts";
import { expect, test } from "./support/test.ts";

test.setTimeout(240_000);

const soon = { timeout: 30_000 };
const lena = "@lena:jones.family";

type App = Omit<Parameters<typeof asApp>[0], "calls">;

/** Everything that the home itself wrote into somebody's app. */
async function toldTo(who: App): Promise<string> {
  // The server answers the same question from memory for a while.
  const [synced] = await asApp({ ...who, calls: [{ method: "GET", path: `sync?timeout=${Date.now() % 1000}` }] });
  return JSON.stringify(synced?.body);
}

/** The link to their own page, once it has come. */
async function linkTo(who: App): Promise<string> {
  let link = "";
  await expect(async () => {
    link = (await toldTo(who)).match(/https?:[^\s"\\]*\/mine\/open\/[\w-]+/g)?.at(-1) ?? "";
    expect(link).not.toBe("");
  }).toPass(soon);
  return link;
}

test("A child opens its own page by a link in its own app, asks to write to a friend, and reads there and in the app what a parent said", async ({
  page,
  openBrowser,
}) => {
  const smith = buyerOf("mine");
  const password = "teapot giraffe moon river";
  await buyHome(page, smith, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "10 to 12" }]);
  const card = await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href");
  const childs = await openBrowser();
  await childs.goto(`${urls.web}${card}`);
  await choosePassword(childs, password);
  const mia = { name: smith.name, part: "mia", password };

  // From the page that every child can open; a mistake is named beside its field.
  await childs.goto(`${urls.web}/children`);
  await childs.getByRole("link", { name: "your own page" }).first().click();
  await childs.getByLabel("Your whole address").fill("mia");
  await childs.getByRole("button", { name: "Send a link into my app" }).click();
  await expect(childs.locator("#address-error")).toContainText("Enter your whole address");
  await expect(childs.getByLabel("Your whole address")).toHaveValue("mia");
  await childs.getByLabel("Your whole address").fill(`@mia:${smith.name}`);
  await childs.getByRole("button", { name: "Send a link into my app" }).click();
  await expect(childs.getByText(`If @mia:${smith.name} lives here`)).toBeVisible();
  const link = await linkTo(mia);

  await childs.goto(link);
  await childs.getByRole("button", { name: "Open my page" }).click();
  await expect(childs.getByRole("heading", { level: 1, name: "Hello Mia" })).toBeVisible();
  await expect(childs.getByRole("region", { name: "Your rules" })).toContainText("is asked first");
  expect((await new AxeBuilder({ page: childs }).setLegacyMode().analyze()).violations).toEqual([]);

  await childs.getByLabel("Their whole address").fill("lena");
  await childs.getByLabel("Who is that?").fill("Lena from my class");
  await childs.getByRole("button", { name: `Ask ${smith.given}` }).click();
  await expect(childs.locator("#who-error")).toContainText("Enter a whole address");
  await expect(childs.getByLabel("Who is that?")).toHaveValue("Lena from my class");
  await childs.getByLabel("Their whole address").fill(lena);
  await childs.getByRole("button", { name: `Ask ${smith.given}` }).click();
  await expect(childs.getByText(`Your question is with ${smith.given}.`)).toBeVisible();
  await expect(childs.getByRole("region", { name: "What you asked" })).toContainText("Nobody has answered yet.");

  await signInByMail(page, smith.email);
  await page.goto(`/home/${smith.name}`);
  await expect(page.getByRole("heading", { name: `Mia would like to write to ${lena}` })).toBeVisible();
  await expect(page.getByText("Mia says: Lena from my class")).toBeVisible();
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText(`${smith.given} allowed it`)).toBeVisible();
  await childs.goto(`${urls.web}/mine`);
  await expect(childs.getByRole("region", { name: "What you asked" })).toContainText(`${smith.given} said yes`);
  await expect(async () => {
    expect(await toldTo(mia)).toContain(`These people: ${lena}.`);
  }).toPass(soon);

  // The link is used up, and the page closes in this browser for good.
  await childs.goto(link);
  await expect(childs.getByRole("heading", { name: "This link was used. Ask for a new one." })).toBeVisible();
  await childs.goto(`${urls.web}/mine`);
  await childs.getByRole("button", { name: "Close this page" }).click();
  await expect(childs.getByRole("heading", { level: 1, name: "Your own page" })).toBeVisible();
});

test("An adult takes their contact page down on their own page, and puts it up again", async ({
  page,
  openBrowser,
}) => {
  const smith = buyerOf("own-page");
  const password = "window cabbage planet shoe";
  await buyHome(page, smith);
  await page.getByRole("link", { name: "Choose my password" }).click();
  await choosePassword(page, password);
  await page.goto(`${urls.web}/mine`);
  await page.getByLabel("Your whole address").fill(`@anna:${smith.name}`);
  await page.getByRole("button", { name: "Send a link into my app" }).click();
  await page.goto(await linkTo({ name: smith.name, part: "anna", password }));
  await page.getByRole("button", { name: "Open my page" }).click();
  await expect(page.getByText("You look after your account yourself")).toBeVisible();
  const answers = (status: number) =>
    expect(async () => {
      // A new one each time: a browser keeps the page for a while.
      const friend = await openBrowser();
      expect((await friend.goto(`${urls.family(smith.name)}/anna`))?.status()).toBe(status);
      await friend.close();
    }).toPass(soon);
  await answers(200);
  await page.getByRole("button", { name: "Take my page down" }).click();
  await expect(page.getByText("There is no page at")).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  await answers(404);
  await page.getByRole("button", { name: "Make my page" }).click();
  await expect(page.getByText("Friends find you at")).toBeVisible();
  await answers(200);
});
