import { buyHome } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { dayHasPassed, forgetProof, giveCode, lookNow, proveAgain } from "./support/leaving.ts";
import { buyerOf } from "./support/paying.ts";
import { ledger, mailsTo, registeredDaysAgo, transferAway } from "./support/sandbox.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, test } from "./support/test.ts";

test.setTimeout(240_000);

const code = "Q7!kd-83_Zr+";

test("A family takes its name to another registrar: locked, asked for, stopped by a letter, asked for again, given, and gone", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("leaving");
  const { name, email } = buyer;
  await buyHome(page, buyer);
  await signInByMail(page, email);
  const path = `/home/${name}/leave`;
  await page.getByRole("link", { name: "Take your name with you" }).click();
  await expect(page.getByRole("heading", { name: "You cannot take it yet" })).toBeVisible();
  await expect(page.getByText("A new name stays for 60 days where it was bought.")).toBeVisible();
  await registeredDaysAgo(name, 61);
  await lookNow(name);
  const ask = page.getByRole("link", { name: "Ask to take it" });
  await expect(async () => {
    await page.goto(path);
    await expect(ask).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });

  // Whoever finds an open browser is asked to show that it is them.
  await forgetProof(email);
  await ask.click();
  await expect(page.getByRole("heading", { name: "Show that it is you" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Ask to take it" })).toHaveCount(0);
  await proveAgain(page, email);
  await page.goto(`${path}/ask`);
  await page.getByRole("button", { name: "Ask to take it" }).click();
  await expect(page.getByRole("heading", { name: "You asked to take your name with you" })).toBeVisible();

  const letter = async (subject: string) => (await mailsTo(email)).find((mail) => mail.subject === subject);
  const asked = `Somebody asked to take ${name} elsewhere`;
  await expect.poll(async () => (await letter(asked)) !== undefined).toBe(true);
  const stop = (await letter(asked))?.links.find((link) => link.includes("/leave/")) ?? "";
  const mailbox = await openBrowser();
  await mailbox.goto(stop);
  await mailbox.getByRole("button", { name: "Stop it" }).click();
  await expect(mailbox.getByRole("heading", { name: "It is stopped" })).toBeVisible();
  await page.goto(path);
  await ask.click();
  await page.getByRole("button", { name: "Ask to take it" }).click();
  await expect(page.getByRole("heading", { name: "You asked to take your name with you" })).toBeVisible();

  await dayHasPassed(name);
  const desk = await openBrowser();
  await joinStaff(desk, "robin@nameplate.example", "Robin");
  await giveCode(desk, name, code);
  await desk.goto("/admin/audit");
  await expect(desk.getByRole("main")).toContainText("gave a family its name’s code or tag");
  await expect(desk.getByRole("main")).not.toContainText(code);
  const ready = `You can take ${name} with you now`;
  await expect.poll(async () => (await letter(ready)) !== undefined).toBe(true);
  expect(JSON.stringify(await mailsTo(email))).not.toContain(code);

  await page.goto(path);
  await expect(page.getByText(code)).toHaveCount(0);
  await page.getByRole("button", { name: "Show me the code" }).click();
  await expect(page.getByText(code)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "You can take your name now" })).toBeVisible();
  await expect(page.getByText(code)).toHaveCount(0);
  await expect(page.getByText("You have seen the code.")).toBeVisible();

  await transferAway(name, "done");
  await lookNow(name);
  await expect(async () => {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Your name is with another company" })).toBeVisible({
      timeout: 500,
    });
  }).toPass({ timeout: 30_000 });
  await page.goto(`/home/${name}`);
  await expect(page.getByText(/Looked after by another company since/)).toBeVisible();
  await page.goto(`/home/${name}/bill`);
  await expect(page.getByRole("heading", { name: "Your name left" })).toBeVisible();
  const bought = (await ledger("cloudflare", "registered")).filter((entry) =>
    JSON.stringify(entry).includes(`"${name}"`),
  );
  expect(bought).toHaveLength(1);
});
