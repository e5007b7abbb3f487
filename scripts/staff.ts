/**
 * Who is on the staff: npm run staff -- add EMAIL [NAME] | remove EMAIL
 * Uses the database of the copy that scripts/start runs here, or DATABASE_URL and WEB_URL where they are set.
 */
import { registerHooks } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { layoutOf, made, root, settings } from "./service/layout.ts";

// The library's own way of naming its files.
registerHooks({
  resolve: (name, context, next) => next(name.startsWith("@/") ? join(root, name.slice(2)) : name, context),
});

const { inviteStaff } = await import("@/lib/staff/invite-staff.ts");
const { removeStaff } = await import("@/lib/staff/remove-staff.ts");
const { openDb } = await import("@/lib/db.ts");
const { movedClock } = await import("@/lib/moved-clock.ts");
const { systemIds } = await import("@/lib/ids.ts");
const { NameplateError } = await import("@/lib/errors.ts");

const usage = "Usage: npm run staff -- add EMAIL [NAME]\n       npm run staff -- remove EMAIL";

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}

/** Of the copy that runs here; the base of its ports is the one scripts/start takes. */
function whereFrom(): { databaseUrl: string; webUrl: string } {
  const { DATABASE_URL, WEB_URL, PORT_BASE = "4300" } = process.env;
  if (DATABASE_URL && WEB_URL) return { databaseUrl: DATABASE_URL, webUrl: WEB_URL };
  const own = settings(layoutOf(join(made, "run"), join(made, "run/k"), Number(PORT_BASE)));
  return { databaseUrl: DATABASE_URL ?? own["DATABASE_URL"] ?? "", webUrl: WEB_URL ?? own["WEB_URL"] ?? "" };
}

const { positionals } = parseArgs({ allowPositionals: true });
const [act, email = "", ...rest] = positionals;
if ((act !== "add" && act !== "remove") || (act === "remove" && rest.length > 0)) fail(usage);
// One @ with something on both sides, and no blanks or control characters: who typed it reads the link themselves.
if (!/^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{3,250}$/u.test(email))
  fail(`${email || "That"} is not an e-mail address.\n\n${usage}`);
const name = rest.join(" ").trim() || email.split("@")[0] || email;
if (name.length > 80 || /\p{Cc}/u.test(name)) fail("A name has at most 80 letters.");

const { databaseUrl, webUrl } = whereFrom();
const db = openDb(databaseUrl, 1);
// In a copy that lives on another day a link works on that day.
const world = { db, clock: movedClock(process.env["CLOCK_FILE"]), ids: systemIds };
try {
  if (act === "remove") {
    await removeStaff(world, email);
    console.log(`${email} is off the staff. Every session has ended.`);
  } else {
    const token = await inviteStaff(world, { email, name });
    console.log(
      `Send this to ${name} by a way only they read. It works once, for one day:\n\n  ${webUrl}/admin/enrol/${token}\n`,
    );
  }
} catch (error) {
  if (error instanceof NameplateError) fail(`${error.message}.`);
  const code = (error as { code?: string }).code;
  // Prisma's names for a server that is not there, and for tables that are not.
  if (code === "P1001" || code === "ECONNREFUSED")
    fail(`The database at ${new URL(databaseUrl).host} does not answer. Start Nameplate first: scripts/start`);
  if (code === "P2021") fail("The database has no tables yet. Start Nameplate once: scripts/start");
  throw error;
} finally {
  await db.$disconnect();
}
