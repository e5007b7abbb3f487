import AxeBuilder from "@axe-core/playwright";
import { buyHome, choosePassword } from "./journey/buy-home.ts";
import { asApp } from "./journey/sealed-message.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, test } from "./support/test.ts";

test.setTimeout(240_000);

/** The module looks every two seconds, and the host and its worker as often. */
const soon = { timeout: 30_000 };
const words = "Are you coming on Saturday?";

test("Somebody at another home asks for a child: she sees nothing of it, a parent allows it, and she reads what waited", async ({
  page,
  openBrowser,
}) => {
  const [smith, jones] = [buyerOf("asked"), { ...buyerOf("asking"), given: "Lena", part: "lena" }];
  const [mias, lenas] = ["teapot giraffe moon river", "saddle window harbour apple"];
  await buyHome(page, smith, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "10 to 12" }]);
  const card = await page.getByRole("link", { name: "Open Mia’s card together" }).getAttribute("href");
  const childs = await openBrowser();
  await childs.goto(`${urls.web}${card}`);
  await choosePassword(childs, mias);
  const theirs = await openBrowser();
  await buyHome(theirs, jones);
  await theirs.getByRole("link", { name: "Choose my password" }).click();
  await choosePassword(theirs, lenas);

  const mia = { name: smith.name, part: "mia", password: mias };
  const room = { preset: "private_chat", name: "Netball", invite: [`@mia:${smith.name}`] };
  const lena = { name: jones.name, part: "lena", password: lenas };
  const [made] = await asApp({ ...lena, calls: [{ method: "POST", path: "createRoom", body: room }] });
  expect(made?.status).toBe(200);
  const at = `rooms/${encodeURIComponent(String(made?.body["room_id"]))}`;
  const said = {
    method: "PUT",
    path: `${at}/send/m.room.message/1`,
    body: { msgtype: "m.text", body: words },
  } as const;
  expect((await asApp({ ...lena, calls: [said] }))[0]?.status).toBe(200);
  const [synced] = await asApp({ ...mia, calls: [{ method: "GET", path: "sync" }] });
  expect(synced?.status).toBe(200);
  expect(JSON.stringify(synced?.body)).not.toContain(jones.name);

  await signInByMail(page, smith.email);
  const asked = page.getByRole("heading", { name: `@lena:${jones.name} would like to write to Mia` });
  await expect(async () => {
    await page.goto(`/home/${smith.name}`);
    await expect(asked).toBeVisible({ timeout: 1000 });
  }).toPass(soon);
  await expect(page.getByText("They call the room: Netball")).toBeVisible();
  await expect(page.getByText("Mia sees nothing of it yet.")).toBeVisible();
  await expect(page.getByRole("link", { name: `Report @lena:${jones.name}` })).toHaveAttribute(
    "href",
    `/home/${smith.name}/report?who=${encodeURIComponent(`@lena:${jones.name}`)}`,
  );
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  const letters = (await mailsTo(smith.email)).map(({ text }) => text).join("\n");
  expect(letters).toContain(`@lena:${jones.name}`);
  expect(letters).not.toContain("Netball");

  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText(`${smith.given} allowed it`)).toBeVisible();
  const rules = page.getByRole("region", { name: "Rules for Mia" });
  await expect(rules).toContainText(`@lena:${jones.name}`);
  await expect(async () => {
    const [read] = await asApp({ ...mia, calls: [{ method: "GET", path: `${at}/messages?dir=b` }] });
    expect(JSON.stringify(read?.body)).toContain(words);
  }).toPass(soon);
});
