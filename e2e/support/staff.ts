/** Somebody on the staff, from the command that invites them to the first staff page. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root, settings } from "../../scripts/service/layout.ts";
import { copy } from "./copy.ts";
import { expect, type Page } from "./test.ts";

/** What `npm run staff -- add EMAIL NAME` prints, run for the copy under test: a link that works once. */
export async function enrolmentLink(email: string, name: string): Promise<string> {
  const { DATABASE_URL, WEB_URL, CLOCK_FILE } = settings(copy.layout);
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/staff.ts", "add", email, name], {
    cwd: root,
    env: {
      PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}`,
      DATABASE_URL,
      WEB_URL,
      ...(CLOCK_FILE ? { CLOCK_FILE } : {}),
      NODE_ENV: "production",
    },
  });
  const link = /https?:\/\/\S+\/admin\/enrol\/\S+/.exec(stdout)?.[0];
  if (!link) throw new Error(`No link: ${stdout}`);
  return link;
}

/** A browser with a device that makes and shows passkeys, and whose owner is always there. */
export async function withPasskeys(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Joins the staff and ends on its first page. */
export async function joinStaff(page: Page, email: string, name: string): Promise<void> {
  await withPasskeys(page);
  await page.goto(await enrolmentLink(email, name));
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("button", { name: "Set up a passkey" }).click();
  await expect(page.getByRole("searchbox", { name: "Find by name, e-mail, order or receipt" })).toBeVisible();
}
