import { mailsTo } from "./sandbox.ts";
import { expect, type Page } from "./test.ts";

/** The link in the letter that came last, of so many that asked. */
export async function inviteLink(email: string, letters: number): Promise<string> {
  const asking = async () =>
    (await mailsTo(email)).filter(({ subject }) => subject.includes("look after the children"));
  await expect.poll(async () => (await asking()).length).toBe(letters);
  return (await asking())[0]?.links.find((link) => link.includes("/parent/")) ?? "no link in the letter";
}

/** From the letter's page: a link to their own mailbox, which leads to where the question stands again. */
export async function signInForInvite(page: Page, email: string): Promise<void> {
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByText(`If we know ${email}, a link is on its way.`)).toBeVisible();
  const links = async () =>
    (await mailsTo(email)).flatMap((mail) => mail.links.filter((link) => link.includes("/sign-in/link/")));
  await expect.poll(async () => (await links()).length).toBe(1);
  await page.goto((await links())[0] ?? "no link in the mail");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/home$/);
}

/** Whoever is signed in asks somebody to look after the children with them. */
export async function invite(
  page: Page,
  { name, given, email }: { readonly name: string; readonly given: string; readonly email: string },
): Promise<void> {
  await page.goto(`/home/${name}/parents`);
  await page.getByLabel("Their given name").fill(given);
  await page.getByLabel("Their e-mail").fill(email);
  await page.getByRole("button", { name: "Send the letter" }).click();
  await expect(page.getByRole("heading", { name: `Waiting for ${given} since` })).toBeVisible();
}

/** From the letter's page to the children. */
export async function sayYes(page: Page, email: string): Promise<void> {
  await signInForInvite(page, email);
  await page.getByRole("link", { name: "See what that means" }).click();
  await page.getByRole("button", { name: "Yes, I look after them too" }).click();
  await page.waitForURL(/\/home\/[^/]+$/);
}
