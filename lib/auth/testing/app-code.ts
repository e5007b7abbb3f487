import { createHmac } from "node:crypto";
import { systemClock } from "@/lib/clock.ts";

/** For tests only: what an authenticator app shows for a link of ours (RFC 6238), so many seconds from now. */
export function codeOf(link: string, ahead = 0): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const secret = new URL(link).searchParams.get("secret") ?? "";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((systemClock.now().getTime() / 1000 + ahead) / 30)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const begin = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(begin) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
