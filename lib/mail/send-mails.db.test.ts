import { afterAll, describe, expect, test } from "vitest";
import { Refused, Unreachable } from "@/lib/errors.ts";
import { mostTries } from "@/lib/queue/after-failure.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { type MailTools, sendMails } from "./send-mails.ts";
import type { Letter } from "./transport.ts";
import { wantMail } from "./want-mail.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const vendor = { vendor: "mail", call: "send" };

/** A post that does with each letter what the test says, by whom it goes to. */
function postFor(fates: Readonly<Record<string, Error>>) {
  const sent: string[] = [];
  const tools: MailTools = {
    ...world,
    post: {
      async send({ to }: Letter) {
        if (fates[to]) throw fates[to];
        sent.push(to);
      },
    },
    compose: async (mail) => {
      if (mail.kind === "broken") throw new TypeError("No letter is written for broken");
      return { to: mail.to, subject: "", text: "" };
    },
  };
  return { sent, tools };
}
async function want(to: string, kind = "receipt") {
  const cause = world.ids.id("cause");
  await wantMail(world.db, world, { cause, kind: kind as "receipt", to, values: {} });
  return () => world.db.mail.findUniqueOrThrow({ where: { cause } });
}
const someone = () => `${world.ids.id("box").slice(4, 14)}@post.example`;

describe("A mail", () => {
  test("that cannot be sent waits ever longer, and is given up in the end", async () => {
    const to = someone();
    const mail = await want(to);
    const { tools } = postFor({ [to]: new Refused("550 no such mailbox", vendor) });
    const waits: number[] = [];
    while (!(await mail()).deadAt) {
      await sendMails(tools);
      const { nextTryAt } = await mail();
      waits.push((nextTryAt.getTime() - world.clock.now().getTime()) / 60_000);
      world.clock.pass((nextTryAt.getTime() - world.clock.now().getTime()) / 1000);
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(await mail()).toMatchObject({ tries: mostTries, sentAt: null });
    world.clock.pass(86_400);
    await sendMails(tools);
    expect((await mail()).tries).toBe(mostTries);
  });

  test("is sent once the mail server is there again, even after a day", async () => {
    const to = someone();
    const mail = await want(to);
    const away = postFor({ [to]: new Unreachable("ECONNREFUSED", vendor) });
    for (let n = 0; n < 30; n++) {
      await sendMails(away.tools);
      world.clock.pass(3600);
    }
    const back = postFor({});
    await sendMails(back.tools);
    expect(back.sent).toContain(to);
    expect((await mail()).deadAt).toBeNull();
  });

  test("that cannot even be written stops none behind it, and is heard of", async () => {
    const broken = await want(someone(), "broken");
    const to = someone();
    await want(to);
    const { sent, tools } = postFor({});
    await expect(sendMails(tools)).rejects.toThrow("1 mails could not be written");
    expect(sent).toContain(to);
    expect(await broken()).toMatchObject({
      sentAt: null,
      tries: 1,
      detail: "TypeError: No letter is written for broken",
    });
  });
});
