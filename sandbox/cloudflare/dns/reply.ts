import {
  AUTHORITATIVE_ANSWER,
  type DecodedPacket,
  decode,
  encode,
  type OptAnswer,
  type Packet,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
} from "dns-packet";
import type { World } from "../world.ts";
import { answer, type Said } from "./answer.ts";

/** Response codes (RFC 1035, 4.1.1). */
const rcodes = { NOERROR: 0, FORMERR: 1, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
type Rcode = keyof typeof rcodes;

/** A header is twelve bytes; with fewer there is not even an id to answer to. */
const header = 12;
/** What a datagram may hold when the asker says nothing (RFC 1035), and what we are ready to send when it says more. */
const plain = 512;
const largest = 1232;

/** The answer to one message, at most as long as the transport allows; undefined when it deserves none. */
export function reply(world: World, message: Buffer, over: "udp" | "tcp"): Buffer | undefined {
  // An answer is never answered: two servers would talk forever.
  if (message.length < header || isResponse(message)) return undefined;
  if (opcodeOf(message) !== 0) return bare(message, "NOTIMP");
  const query = isModest(message) ? read(message) : undefined;
  if (query?.questions?.length !== 1) return bare(message, "FORMERR");
  const question = query.questions[0];
  if (question?.class !== "IN" || !isPlainName(message)) return bare(message, "REFUSED");
  const whole = packet(query, answer(world, question));
  const encoded = encode(whole);
  if (over === "tcp" || encoded.length <= roomOf(query)) return encoded;
  return encode({ ...whole, flags: (whole.flags ?? 0) | TRUNCATED_RESPONSE, answers: [], authorities: [] });
}

function packet(query: DecodedPacket, said: Said): Packet {
  const flags =
    rcodes[said.rcode] | (said.authoritative ? AUTHORITATIVE_ANSWER : 0) | (query.flag_rd ? RECURSION_DESIRED : 0);
  return {
    type: "response",
    id: query.id,
    flags,
    questions: query.questions,
    answers: [...said.answers],
    authorities: [...said.authorities],
    additionals: optOf(query) ? [ourOpt] : [],
  };
}

const ourOpt: OptAnswer = {
  type: "OPT",
  name: ".",
  udpPayloadSize: largest,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

const optOf = (query: DecodedPacket): OptAnswer | undefined =>
  query.additionals?.find((one): one is OptAnswer => one.type === "OPT");

const roomOf = (query: DecodedPacket): number =>
  Math.min(largest, Math.max(plain, optOf(query)?.udpPayloadSize ?? plain));

/**
 * One question, no answers, and not more beside it than the options of today. The decoder makes room for as many
 * entries as the header claims before it looks for one, and noise may claim 65,535 four times.
 */
const isModest = (message: Buffer): boolean =>
  message.readUInt16BE(4) === 1 && message.readUInt32BE(6) === 0 && message.readUInt16BE(10) <= 4;

/** Garbage is an ordinary thing to be sent, and what cannot be read has one answer. */
function read(message: Buffer): DecodedPacket | undefined {
  try {
    return decode(message);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Only the header, with the id and the question bits of what came. */
function bare(message: Buffer, rcode: Rcode): Buffer {
  const id = message.readUInt16BE(0);
  const kept = message.readUInt16BE(2) & 0x7900; // opcode and "recursion desired"
  return encode({ type: "response", id, flags: kept | rcodes[rcode], questions: [] });
}

const isResponse = (message: Buffer): boolean => (message.readUInt8(2) & 0x80) !== 0;
const opcodeOf = (message: Buffer): number => (message.readUInt8(2) >> 3) & 0x0f;

/**
 * Whether the name asked for comes back from the encoder as it went in: no byte outside plain ASCII, and no dot
 * inside a label, where it would become a dot between two.
 */
function isPlainName(message: Buffer): boolean {
  let at = header;
  for (let length = message.readUInt8(at); length !== 0; length = message.readUInt8(at)) {
    const label = message.subarray(at + 1, at + 1 + length);
    if (label.some((byte) => byte < 0x21 || byte > 0x7e || byte === 0x2e)) return false;
    at += 1 + length;
    if (at >= message.length) return false;
  }
  return true;
}
