import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "@/lib/clock.ts";
import type { Db } from "@/lib/db.ts";
import { systemIds } from "@/lib/ids.ts";
import { smtpPost } from "@/lib/mail/transport.ts";
import { wrapped } from "@/lib/mail/wrapped.ts";
import mails from "@/messages/en.mail.json" with { type: "json" };
import { type Happening, Mailbox } from "@/sandbox/mail/mailbox.ts";
import { serveSmtp } from "@/sandbox/mail/smtp.ts";
import { Faults } from "@/sandbox/shared/faults.ts";
import { openLedger } from "@/sandbox/shared/ledger.ts";
import { letterWords } from "./compose.ts";
import { letterTools } from "./letter-tools.ts";
import { samples } from "./samples.ts";

const tools = letterTools({
  db: undefined as unknown as Db,
  webUrl: "https://n.test",
  linkKey: "k",
  supportEmail: "help@n.test",
});
const filled = samples(tools);
const kinds = Object.entries(mails).flatMap(([kind, words]) => (typeof words === "object" ? [kind] : []));
const addresses = (text: string) => text.match(/https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g) ?? [];

describe("In the sandbox's mailbox", () => {
  test("each letter lies with its plain text and its page, as it would arrive", async () => {
    const folder = mkdtempSync(join(tmpdir(), "letters-"));
    const mailbox = new Mailbox(openLedger<Happening>(join(folder, "ledger.jsonl"), systemClock), systemIds);
    const smtp = await serveSmtp(mailbox, new Faults(), systemClock, 0);
    const post = smtpPost(`smtp://127.0.0.1:${smtp.port}`, "Nameplate <hello@n.test>");
    for (const [kind, filling] of Object.entries(filled))
      await post.send({ to: "reader@n.test", ...letterWords(tools, kind, filling) });
    await smtp.close();
    const there = mailbox.list("reader@n.test").toReversed();
    expect(there).toHaveLength(kinds.length);
    for (const [nth, filling] of Object.values(filled).entries()) {
      const { subject, text, html } = letterWords(tools, Object.keys(filled)[nth] ?? "", filling);
      expect(there[nth]).toMatchObject({ subject, text: wrapped(text), html });
      expect(there[nth]?.links).toEqual([...new Set(addresses(text))]);
    }
    rmSync(folder, { recursive: true });
    // A conversation with the mailbox for each of some forty letters, beside everything else that is tested.
  }, 30_000);
});

describe("Each letter", () => {
  test("has a sample, and each sample is of a letter", () => {
    expect(Object.keys(filled).toSorted()).toEqual(kinds.toSorted());
  });

  test.each(kinds)("%s reads well as plain text, and has the same links as a page", (kind) => {
    const filling = filled[kind] ?? {};
    const { subject, text, html = "" } = letterWords(tools, kind, filling);
    // A key of the catalogue in place of its words, a value that nobody filled in, or markup.
    expect(`${subject}\n${text}`).not.toMatch(/\w+\.(subject|body|act)\b|[{}<>]|undefined/);
    expect(html).not.toMatch(/\.(subject|body|act)<|[{}]\w+}|undefined/);
    const wide = wrapped(text)
      .split("\n")
      .filter((line) => line.length > 78);
    // An address alone may be wider.
    expect(wide.filter((line) => addresses(line)[0] !== line.trim())).toEqual([]);
    const hrefs = [...html.matchAll(/href="(https?:[^"]*)"/g)].map(([, to]) => to);
    expect(hrefs.toSorted()).toEqual(addresses(text).toSorted());
  });

  test.each(kinds)("%s has a button where it has an address, and none besides", (kind) => {
    const { act } = (mails as Record<string, { act?: string }>)[kind] ?? {};
    expect(act !== undefined).toBe("link" in (filled[kind] ?? {}));
  });
});
