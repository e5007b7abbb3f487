/** Signing in as whoever runs a home does: an e-mail, a link in the mailbox, a button. */
import { expect, type Page } from "@playwright/test";
import { mailsTo } from "../support/sandbox.ts";

/** Ends on the page that the product chooses: their home, or the staff pages. */
export async function signInByMail(page: Page, email: string): Promise<void> {
  const links = async () =>
    (await mailsTo(email)).flatMap((mail) => mail.links.filter((link) => link.includes("/sign-in/link/")));
  const before = (await links()).length;
  await page.goto("/sign-in");
  await page.getByLabel("Your e-mail").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect.poll(async () => (await links()).length).toBe(before + 1);
  await page.goto((await links())[0] ?? "no link in the mail");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/(home|admin)(\/|$)/);
}
