import { daysAfter, secondsAfter } from "@/lib/clock.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { derivedSecret, hashSecret } from "@/lib/ids.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { tidy } from "@/lib/names/typed-text.ts";
import type { World } from "@/lib/world.ts";
import { firstUnfinished, screens } from "./describe-order.ts";
import { type Draft, readDraft } from "./draft.ts";
import { isEmail } from "./email.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { draftDays, otherWindow } from "./save-draft.ts";

/** The secret in a link that opens a saved order, made again from its row when the mail is sent. */
export const savedToken = (linkKey: string, linkId: string): string => derivedSecret(linkKey, "saved", linkId);

/** So many links an hour for one order, and to one mailbox: nobody needs more, and nobody's mailbox is flooded. */
const mostForOrder = 5;
const mostToMailbox = 10;

/** What is wrong with the address a link should go to, if anything. */
export function savedEmailProblem(typed: string): Said | undefined {
  const email = tidy(typed);
  if (email === "") return { key: "save.errors.emailEmpty" };
  return isEmail(email) ? undefined : { key: "save.errors.email" };
}

/** Sends a link that opens this order in any browser, once, within 30 days. */
export async function saveForLater(
  world: World,
  key: OrderKey | undefined,
  typed: string,
): Promise<{ readonly email: string }> {
  const wrong = savedEmailProblem(typed);
  if (wrong) throw new NameplateError("bad-input", "No e-mail to send a link to", wrong);
  const draft = readDraft(await ownOrder(world.db, key));
  if (draft.state !== "draft" && draft.state !== "checkout") throw otherWindow(`Order ${draft.id} is ${draft.state}`);
  const email = tidy(typed);
  await sendLink(world, draft, email);
  return { email };
}

/** The same for somebody who has no cookie: the newest order saved under this address. Says nothing about whether there is one. */
export async function sendLinkAgain(world: World, typed: string): Promise<void> {
  const wrong = savedEmailProblem(typed);
  if (wrong) throw new NameplateError("bad-input", "No e-mail to send a link to", wrong);
  const email = tidy(typed);
  const order = await world.db.order.findFirst({
    where: { email: { equals: email, mode: "insensitive" }, state: { in: ["draft", "checkout"] } },
    orderBy: { updatedAt: "desc" },
  });
  if (!order?.email) return;
  try {
    // To the address we know, not to the one that was typed.
    await sendLink(world, readDraft(order), order.email);
  } catch (error) {
    if (!(error instanceof NameplateError && error.kind === "too-often")) throw error;
  }
}

async function sendLink(world: World, draft: Draft, email: string): Promise<void> {
  const { db, clock, ids, linkKey } = world;
  const now = clock.now();
  const since = secondsAfter(now, -3600);
  const [forOrder, toMailbox] = await Promise.all([
    db.link.count({ where: { purpose: "saved", subject: draft.id, createdAt: { gte: since } } }),
    db.mail.count({ where: { kind: "saved", to: email, createdAt: { gte: since } } }),
  ]);
  if (forOrder >= mostForOrder || toMailbox >= mostToMailbox)
    throw new NameplateError("too-often", "Too many links asked for", { key: "save.errors.tooMany" });
  const id = ids.id("lnk");
  const step = screens.indexOf(firstUnfinished(draft)) + 1;
  await db.$transaction(async (tx) => {
    await tx.order.update({
      where: { id: draft.id },
      data: { email, updatedAt: now, expiresAt: daysAfter(now, draftDays) },
    });
    await tx.link.create({
      data: {
        id,
        purpose: "saved",
        subject: draft.id,
        tokenHash: hashSecret(savedToken(linkKey, id)),
        createdAt: now,
        expiresAt: daysAfter(now, draftDays),
      },
    });
    await wantMail(tx, world, {
      cause: `saved:${id}`,
      kind: "saved",
      to: email,
      values: { linkId: id, step: String(step) },
    });
  });
  await world.ring({ kind: "mail" });
}
