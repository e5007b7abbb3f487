import { secondsAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { Refused, Unreachable } from "@/lib/errors.ts";
import type { Mail } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import type { Letter, Post } from "./transport.ts";

export interface MailTools extends World {
  readonly post: Post;
  /** Makes the letter from a row, links included; undefined when its cause has gone meanwhile. */
  compose(mail: Mail): Promise<Letter | undefined>;
}

/** A mail that could not be sent is tried again after a minute, then ever more slowly, up to an hour. */
const retrySeconds = (tries: number): number => Math.min(3600, 60 * 2 ** tries);

/** Sends every mail that is due, one after the other, until none is left. Several workers share the work: a row is locked while it is sent. */
export async function sendMails(tools: MailTools): Promise<void> {
  while (await tools.db.$transaction((tx) => sendOne(tx, tools), { timeout: 30_000 })) {
    // the next one
  }
}

async function sendOne(tx: Tx, tools: MailTools): Promise<boolean> {
  const now = tools.clock.now();
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`SELECT "id" FROM "Mail" WHERE "sentAt" IS NULL AND "nextTryAt" <= ${now} ORDER BY "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED`;
  const id = rows[0]?.id;
  if (!id) return false;
  const mail = await tx.mail.findUniqueOrThrow({ where: { id } });
  try {
    const letter = await tools.compose(mail);
    if (letter) await tools.post.send(letter);
    await tx.mail.update({
      where: { id },
      data: { sentAt: now, tries: { increment: 1 }, detail: letter ? null : "Its cause is gone" },
    });
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
    await tx.mail.update({
      where: { id },
      data: { tries: { increment: 1 }, nextTryAt: secondsAfter(now, retrySeconds(mail.tries)), detail: error.message },
    });
  }
  return true;
}
