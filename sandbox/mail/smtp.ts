import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { Clock } from "@/lib/clock.ts";
import type { Fault, Faults } from "@/sandbox/shared/faults.ts";
import type { Listening } from "@/sandbox/shared/serve.ts";
import type { Mailbox } from "./mailbox.ts";

/** Ten megabytes, as most mail servers allow. */
const largest = 10 * 1024 * 1024;
/** Whoever stops us waits a second in all. */
const closeTimeout = 200;

/**
 * Takes mail for everybody, on this machine only. Planned faults are met at three calls: `smtp.mail` (the sender),
 * `smtp.rcpt` (each recipient) and `smtp.data` (the mail).
 */
export function serveSmtp(mailbox: Mailbox, faults: Faults, clock: Clock, port: number): Promise<Listening> {
  const meet = (call: string, session: SMTPServerSession, act: () => void): Promise<void> =>
    misbehave(faults.take(call), clock, act, () => hangUp(server, session));
  const answer = (done: Promise<void>, callback: (error?: Error | null) => void) =>
    done.then(() => callback(), callback);
  const server: SMTPServer = new SMTPServer({
    // Passwords and TLS are for real networks; offering them here would only send clients looking for certificates.
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: largest,
    closeTimeout,
    onMailFrom: (_, session, callback) =>
      answer(
        meet("smtp.mail", session, () => undefined),
        callback,
      ),
    onRcptTo: (_, session, callback) =>
      answer(
        meet("smtp.rcpt", session, () => undefined),
        callback,
      ),
    onData: (stream, session, callback) =>
      answer(
        read(stream).then((raw) => meet("smtp.data", session, () => store(mailbox, session, raw))),
        callback,
      ),
  });
  // A connection that broke off; the mail, if any came whole, is kept.
  server.on("error", () => undefined);
  return new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.server.off("error", reject);
      const close = () => new Promise<void>((done) => server.close(() => done()));
      resolve({ port: (server.server.address() as AddressInfo).port, close });
    });
  });
}

function store(mailbox: Mailbox, { envelope }: SMTPServerSession, raw: Buffer): void {
  const sender = envelope.mailFrom ? envelope.mailFrom.address : "";
  mailbox.receive(
    sender,
    envelope.rcptTo.map(({ address }) => address),
    raw,
  );
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw no(552, "The mail is too large");
  return Buffer.concat(chunks);
}

const no = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode });

/** What the kinds of faults are in a mail server's words: 4xx is "later", 5xx is "never". */
async function misbehave(fault: Fault | undefined, clock: Clock, act: () => void, hang: () => void): Promise<void> {
  if (!fault) return act();
  await clock.sleep(fault.ms);
  switch (fault.kind) {
    case "refuse":
      throw no(550, fault.words ?? "No such mailbox here");
    case "429":
      throw no(450, fault.words ?? "Too many mails, come back later");
    case "500-before":
      throw no(451, fault.words ?? "Something is broken here, come back later");
    case "timeout-before":
      return hang();
    case "slow":
      return act();
    case "500-after":
      act();
      throw no(451, fault.words ?? "Something is broken here, come back later");
    // Half of an answer of one line is no answer.
    case "malformed":
    case "timeout-after":
      act();
      return hang();
  }
}

/** Ends the connection without a word. */
function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy();
}
