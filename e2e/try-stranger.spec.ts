import AxeBuilder from "@axe-core/playwright";
import { buyHome, choosePassword } from "./journey/buy-home.ts";
import { asApp } from "./journey/sealed-message.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(300_000);

/** Two real homes, one of which may have to be made first. */
const soon = { timeout: 60_000 };

/** The keys that an app leaves at home on its first day. */
function keysOf(id: string, device: string): object {
  const signatures = { [id]: { [`ed25519:${device}`]: "C".repeat(86) } };
  const keys = { [`curve25519:${device}`]: "A".repeat(43), [`ed25519:${device}`]: "B".repeat(43) };
  const algorithms = ["m.olm.v1.curve25519-aes-sha2"];
  return {
    device_keys: { user_id: id, device_id: device, algorithms, keys, signatures },
    one_time_keys: { "signed_curve25519:AAAA1": { key: "D".repeat(43), signatures } },
  };
}

async function tried(page: Page, button: string): Promise<readonly string[]> {
  await page.getByRole("button", { name: button }).click();
  await expect(page.getByRole("heading", { name: "The stranger is trying" })).toBeVisible();
  await expect(page.getByText(/^Tried on .* by an account of ours that is gone now\.$/)).toBeVisible(soon);
  return page.getByRole("listitem").locator(".chip").allTextContents();
}

test("A parent has a stranger try the rules of a child of nine: all ten are kept out and nobody is asked; where the child decides, the page says that the rules allow it", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("tried");
  const password = "teapot giraffe moon river";
  await buyHome(page, buyer, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
  const card = await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href");
  const childs = await openBrowser();
  await childs.goto(`${urls.web}${card}`);
  await choosePassword(childs, password);
  const [id, device] = [`@mia:${buyer.name}`, "TEAPOT"];
  const upload = { method: "POST", path: "keys/upload", body: keysOf(id, device) } as const;
  const app = { name: buyer.name, part: "mia", password, device };
  expect((await asApp({ ...app, calls: [upload] }))[0]?.status).toBe(200);

  await signInByMail(page, buyer.email);
  const letters = (await mailsTo(buyer.email)).length;
  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.getByRole("link", { name: "Try it as a stranger" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Try Mia’s rules as a stranger" })).toBeVisible();
  await expect(page.getByText("Invites Mia to a chat of two")).toBeVisible();
  expect((await tried(page, "Try it now")).map((text) => text.trim())).toEqual(Array(10).fill("Kept out"));
  await expect(page.getByRole("heading", { name: "Nothing got through to Mia" })).toBeVisible();
  await expect(page.getByText("Had it been a real stranger, you would now be asked.")).toHaveCount(4);
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  const [synced] = await asApp({ ...app, calls: [{ method: "GET", path: "sync" }] });
  expect(JSON.stringify(synced?.body)).not.toContain("trial");
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText("would like to write to Mia")).toHaveCount(0);
  expect(await mailsTo(buyer.email)).toHaveLength(letters);

  await page.goto(page.url());
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.getByLabel("Mia decides, and may be in any room").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. The home follows within seconds.")).toBeVisible();
  await page.getByRole("link", { name: "Try it as a stranger" }).click();
  await expect(page.getByText("Rules were changed since.")).toBeVisible();
  const chips = (await tried(page, "Try it again")).map((text) => text.trim());
  expect(chips).toEqual([...Array(8).fill("Allowed"), "Kept out", "Allowed"]);
  await expect(page.getByText("Mia’s rules allow this.")).toHaveCount(9);
  await expect(page.getByRole("heading", { name: "9 things got through, as your rules allow" })).toBeVisible();
  await page.getByRole("link", { name: "What we cannot do" }).click();
  await expect(page.getByRole("heading", { name: "What we cannot do" })).toBeInViewport();
});
