import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "@/lib/clock.ts";
import { systemIds } from "@/lib/ids.ts";
import { Faults } from "@/sandbox/shared/faults.ts";
import { openLedger } from "@/sandbox/shared/ledger.ts";
import { type Listening, listen } from "@/sandbox/shared/serve.ts";
import { mailApp } from "./app.ts";
import { type Happening, Mailbox, type Shown } from "./mailbox.ts";
import { serveSmtp } from "./smtp.ts";

const folder = mkdtempSync(join(tmpdir(), "mail-"));
let http: Listening;
let smtp: Listening;
async function start(): Promise<void> {
  const ledger = openLedger<Happening>(join(folder, "ledger.jsonl"), systemClock);
  const mailbox = new Mailbox(ledger, systemIds);
  const faults = new Faults();
  smtp = await serveSmtp(mailbox, faults, systemClock, 0);
  http = await listen(mailApp(mailbox, ledger, faults), 0);
}
const stop = () => Promise.all([http.close(), smtp.close()]);
beforeAll(start);
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const at = (path: string) => `http://127.0.0.1:${http.port}${path}`;
const mailsTo = async (to: string) =>
  (await (await fetch(at(`/_sandbox/mails?to=${encodeURIComponent(to)}`))).json()) as Shown[];
const send = (mail: object) =>
  nodemailer
    .createTransport({ url: `smtp://127.0.0.1:${smtp.port}` })
    .sendMail({ from: "Nobody <us@example.org>", ...mail });
const fault = (plan: object) => fetch(at("/_sandbox/faults"), { method: "POST", body: JSON.stringify(plan) });

/** Hands over a mail byte by byte as given. */
function deliver(to: string, raw: Buffer): Promise<void> {
  const steps = ["EHLO test", "MAIL FROM:<us@example.org>", `RCPT TO:<${to}>`, "DATA", "QUIT"];
  return new Promise((resolve, reject) => {
    const socket = connect(smtp.port, "127.0.0.1");
    socket.on("error", reject);
    socket.on("close", () => resolve());
    socket.on("data", (chunk) => {
      const said = chunk.toString();
      if (/^354/m.test(said)) return void socket.write(Buffer.concat([raw, Buffer.from("\r\n.\r\n")]));
      const next = steps.shift();
      if (next !== undefined) socket.write(`${next}\r\n`);
    });
  });
}

describe("a mail from the product's own library", () => {
  test("arrives with its subject, text, page and links as they were written", async () => {
    const subject = `Dein Name steht bereit: ${"smith.family ".repeat(9)}日本語`;
    const link = `https://smith.family/card/${"x".repeat(90)}?a=1&b=2`;
    const text = `Liebe Anna,\n\nhier: ${link}.\n\n${"wörter ".repeat(40)}\n.\n..Punkte\n`;
    await send({
      to: "Änna <Anna@Example.org>",
      subject,
      text,
      html: `<p>Grüße <a href="https://smith.family/?a=1&amp;b=2">x</a></p>`,
    });
    const [mail] = await mailsTo("anna@example.org");
    expect(mail).toMatchObject({
      subject,
      from: "Nobody <us@example.org>",
      to: "Änna <Anna@example.org>",
      sender: "us@example.org",
      recipients: ["anna@example.org"],
    });
    expect(mail?.text?.trimEnd()).toBe(text.trimEnd());
    expect(mail?.html).toContain("<p>Grüße <a");
    expect(mail?.links).toEqual([link, "https://smith.family/?a=1&b=2"]);
  });

  test("arrives with its attachments named", async () => {
    await send({
      to: "files@example.org",
      subject: "x",
      text: "see",
      attachments: [{ filename: "Übersicht, alt.txt", content: "hello" }],
    });
    const [mail] = await mailsTo("files@example.org");
    expect(mail?.attachments).toEqual([{ filename: "Übersicht, alt.txt", type: "text/plain", bytes: 5 }]);
    expect(mail?.text?.trim()).toBe("see");
  });

  test("is found under each recipient, newest first, blind copies too", async () => {
    await send({ to: "one@example.org", bcc: "two@example.org", subject: "first", text: "x" });
    await send({ to: "two@example.org", subject: "second", text: "x" });
    expect((await mailsTo("two@example.org")).map(({ subject }) => subject)).toEqual(["second", "first"]);
    expect((await mailsTo("one@example.org")).map(({ subject }) => subject)).toEqual(["first"]);
    expect(await mailsTo("nobody@example.org")).toEqual([]);
  });

  test("is remembered over a restart", async () => {
    await send({ to: "again@example.org", subject: "kept", text: "x" });
    const before = await mailsTo("again@example.org");
    await stop();
    await start();
    expect(await mailsTo("again@example.org")).toEqual(before);
  });
});

describe("a mail from anybody else", () => {
  const read = async (to: string, lines: readonly string[], charset: BufferEncoding = "utf8") => {
    await deliver(to, Buffer.from(lines.join("\r\n"), charset));
    return (await mailsTo(to))[0];
  };

  test("in base64 and old letters is read", async () => {
    const body = Buffer.from("Grüße", "latin1").toString("base64");
    const mail = await read("b64@x.org", [
      "Subject: =?ISO-8859-1?B?R3L8?= =?iso-8859-1?Q?=DFe_an_alle?=",
      "Content-Type: text/plain; charset=ISO-8859-1",
      "Content-Transfer-Encoding: BASE64",
      "",
      body,
    ]);
    expect([mail?.subject, mail?.text]).toEqual(["Grüße an alle", "Grüße"]);
  });

  test("whose subject splits a letter between two words is read", async () => {
    const mail = await read("split@x.org", [
      "Subject: =?UTF-8?Q?Caf=C3?=",
      " =?UTF-8?Q?=A9?= um =?UTF-8?Q?acht?=",
      "",
      "x",
    ]);
    expect(mail?.subject).toBe("Café um acht");
  });

  test("in raw eight-bit letters is read", async () => {
    const mail = await read(
      "raw@x.org",
      ["Subject: Grüße", "Content-Type: text/plain; charset=windows-1252", "", "Grüße"],
      "latin1",
    );
    expect(mail?.text?.trim()).toBe("Grüße");
    expect((await read("raw8@x.org", ["Subject: Grüße", "", "Grüße"]))?.subject).toBe("Grüße");
  });

  test("with flowed lines is put together again", async () => {
    const mail = await read("flow@x.org", [
      "Content-Type: text/plain; format=flowed",
      "",
      "one ",
      "line",
      "",
      " >indented",
      "-- ",
      "me",
    ]);
    expect(mail?.text?.trimEnd()).toBe("one line\n\n>indented\n-- \nme");
  });

  test("with parts in parts, words before them and no end is read", async () => {
    const mail = await read("parts@x.org", [
      'Content-Type: multipart/mixed; boundary="a b"',
      "",
      "not for reading",
      "--a b",
      "Content-Type: multipart/alternative; boundary=inner",
      "",
      "--inner",
      "",
      "the text",
      "--inner",
      "Content-Type: text/html",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "<b>a=",
      "b=3D</b>",
      "--inner--",
      "--a b",
      "Content-Type: image/png; name=x.png",
      "Content-Transfer-Encoding: base64",
      "",
      "AAAA",
    ]);
    expect(mail).toMatchObject({
      text: "the text",
      html: "<b>ab=</b>",
      attachments: [{ filename: "x.png", type: "image/png", bytes: 3 }],
    });
  });

  test.each([
    ["nothing", [""]],
    ["only a head", ["Subject: x"]],
    ["a boundary that never comes", ["Content-Type: multipart/mixed; boundary=zzz", "", "hello"]],
    ["a part of parts without a boundary", ["Content-Type: multipart/mixed", "", "hello"]],
    ["letters nobody knows", ["Content-Type: text/plain; charset=klingon", "", "hello"]],
  ])("holding %s is taken all the same", async (what, lines) => {
    expect(await read(`${what.replaceAll(" ", "-")}@x.org`, lines)).toMatchObject({ sender: "us@example.org" });
  });
});

describe("misfortune", () => {
  const outcome = (to: string) =>
    send({ to, subject: "x", text: "x" }).then(
      () => 250,
      (error: { responseCode?: number; code?: string }) => error.responseCode ?? error.code,
    );

  test.each([
    ["smtp.data", "refuse", 550, 0],
    ["smtp.rcpt", "refuse", 550, 0],
    ["smtp.mail", "429", 450, 0],
    ["smtp.data", "500-before", 451, 0],
    ["smtp.data", "500-after", 451, 1],
    ["smtp.data", "slow", 250, 1],
    ["smtp.data", "timeout-before", "ECONNECTION", 0],
    ["smtp.data", "timeout-after", "ECONNECTION", 1],
  ])("at %s of kind %s is seen as %s, with %i mails kept", async (call, kind, seen, kept) => {
    const to = `${call}-${kind}@example.org`;
    await fault({ call, kind, ms: 20 });
    expect(await outcome(to)).toBe(seen);
    expect(await mailsTo(to)).toHaveLength(kept);
    expect(await outcome(to)).toBe(250);
  });

  test("of a mail too large is refused for good", async () => {
    const text = "x".repeat(11 * 1024 * 1024);
    await expect(send({ to: "large@example.org", subject: "x", text })).rejects.toMatchObject({ responseCode: 552 });
    expect(await mailsTo("large@example.org")).toEqual([]);
  });
});

describe("the pages", () => {
  test("list mails and show one, with links to press and the page locked in a frame", async () => {
    const evil = '<script>alert(1)</script><p onclick="x()">Hello</p>';
    await send({
      to: "page@example.org",
      subject: "<b>Subject</b>",
      text: "Go to https://smith.family/card/1, please. <script>",
      html: evil,
    });
    const [mail] = await mailsTo("page@example.org");
    const list = await (await fetch(at("/?to=page%40example.org"))).text();
    expect(list).toContain(`<a href="/mail/${mail?.id}">&lt;b&gt;Subject&lt;/b&gt;</a>`);
    const answer = await fetch(at(`/mail/${mail?.id}`));
    const shown = await answer.text();
    expect(shown).toContain('<a href="https://smith.family/card/1">https://smith.family/card/1</a>, please.');
    expect(shown).not.toContain("<script>");
    expect(shown).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;base/);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await fetch(at("/mail/none"))).status).toBe(404);
  });
});
