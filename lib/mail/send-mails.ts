import type { Tx } from "@/lib/db.ts";
import { Refused, Unreachable, wordsOfError } from "@/lib/errors.ts";
import type { Mail } from "@/lib/generated/prisma/client.ts";
import { afterFailure } from "@/lib/queue/after-failure.ts";
import type { World } from "@/lib/world.ts";
import type { Letter, Post } from "./transport.ts";

export interface MailTools extends World {
  readonly post: Post;
  /** Makes the letter from a row, links included; undefined when its cause has gone meanwhile. */
  compose(mail: Mail): Promise<Letter | undefined>;
}

/** A mail server that puts a letter off for a moment means a minute rather than a second. */
const firstWaitSeconds = 60;

/**
 * Sends every mail that is due, one after the other, until none is left. Several workers share the work: a row is locked
 * while it is sent. One that cannot be sent waits its turn and stops no other; what is no fault of the post is thrown at
 * the end, for the log.
 */
export async function sendMails(tools: MailTools): Promise<void> {
  const bugs: unknown[] = [];
  while (await tools.db.$transaction((tx) => sendOne(tx, tools, bugs), { timeout: 30_000 })) {
    // the next one
  }
  if (bugs.length > 0) throw new AggregateError(bugs, `${bugs.length} mails could not be written`);
}

async function sendOne(tx: Tx, tools: MailTools, bugs: unknown[]): Promise<boolean> {
  const now = tools.clock.now();
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`SELECT "id" FROM "Mail" WHERE "sentAt" IS NULL AND "deadAt" IS NULL AND "nextTryAt" <= ${now} ORDER BY "createdAt", "id" LIMIT 1 FOR UPDATE SKIP LOCKED`;
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
    if (!(error instanceof Refused) && !(error instanceof Unreachable)) bugs.push(error);
    const after = afterFailure({ tries: mail.tries, firstAt: mail.createdAt }, error, now, firstWaitSeconds);
    await tx.mail.update({ where: { id }, data: { ...after, detail: wordsOfError(error) } });
  }
  return true;
}
