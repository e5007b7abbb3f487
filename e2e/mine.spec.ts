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
  /** Everything that the home itself wrote into her app. */
  const told = async (): Promise<string> => {
    const [synced] = await asApp({ ...mia, calls: [{ method: "GET", path: `sync?timeout=${Date.now() % 1000}` }] });
    return JSON.stringify(synced?.body);
  };
  const linkIn = (text: string) => text.match(/https?:[^\s"\\]*\/mine\/open\/[\w-]+/g)?.at(-1);

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
  let link = "";
  await expect(async () => {
    link = linkIn(await told()) ?? "";
    expect(link).not.toBe("");
  }).toPass(soon);

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
    expect(await told()).toContain(`These people: ${lena}.`);
  }).toPass(soon);

  // The link is used up, and the page closes in this browser for good.
  await childs.goto(link);
  await expect(childs.getByRole("heading", { name: "This link was used. Ask for a new one." })).toBeVisible();
  await childs.goto(`${urls.web}/mine`);
  await childs.getByRole("button", { name: "Close this page" }).click();
  await expect(childs.getByRole("heading", { level: 1, name: "Your own page" })).toBeVisible();
});
