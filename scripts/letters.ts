/**
 * Every letter that there is, with sample values, in the mailbox of the copy that scripts/start runs here: npm run letters
 * They go by the way that real letters go, so that what is seen there is what is sent. The sandbox knows nothing of the
 * product, and a production's mail server is never asked: where mail is real, this does nothing.
 */
import { registerHooks } from "node:module";
import { join } from "node:path";
import { layoutOf, made, pretend, root, settings } from "./service/layout.ts";

// The library's own way of naming its files.
registerHooks({
  resolve: (name, context, next) => next(name.startsWith("@/") ? join(root, name.slice(2)) : name, context),
});

const { letterTools } = await import("@/workers/letters/letter-tools.ts");
const { letterWords } = await import("@/workers/letters/compose.ts");
const { samples } = await import("@/workers/letters/samples.ts");
const { smtpPost } = await import("@/lib/mail/transport.ts");
const { Unreachable } = await import("@/lib/errors.ts");

/** Nobody has this address, and the mailbox shows whatever came to it on a page of its own. */
const reader = "all-letters@preview.example";

const layout = layoutOf(join(made, "run"), join(made, "run/k"), Number(process.env["PORT_BASE"] ?? "4300"));
const { SMTP_URL = "", MAIL_FROM = "", WEB_URL = "", SUPPORT_EMAIL = "", SANDBOX_MAIL_URL = "" } = settings(layout);
if (!pretend(layout).mail) {
  console.error("Mail is real here: sample letters are only sent to the sandbox.");
  process.exit(1);
}
// Samples ask no database.
const tools = letterTools({ db: undefined as never, webUrl: WEB_URL, linkKey: "", supportEmail: SUPPORT_EMAIL });
const post = smtpPost(SMTP_URL, MAIL_FROM);
const all = Object.entries(samples(tools));
try {
  // The mailbox shows the newest first.
  for (const [kind, filling] of all.toReversed()) await post.send({ to: reader, ...letterWords(tools, kind, filling) });
} catch (error) {
  if (!(error instanceof Unreachable)) throw error;
  console.error(`The mailbox does not answer. Start Nameplate first: scripts/start`);
  process.exit(1);
}
console.log(
  `${all.length} letters, each as text and as a page:\n\n  ${SANDBOX_MAIL_URL}/?to=${encodeURIComponent(reader)}\n`,
);
