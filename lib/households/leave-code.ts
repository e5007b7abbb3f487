import type { Sealer } from "@/lib/seal.ts";
import type { World } from "@/lib/world.ts";

/** How a code rests between the person who typed it and the family: by the one key that the web holds, bound to its leave. */
export const leaveSealer = ({ linkKey: key }: Pick<World, "linkKey">): Sealer => ({
  key,
  purpose: "nameplate leave code 1",
});

/** What registrars call an authorisation code: 6 to 64 printable letters without spaces (RFC 5731 leaves the form to each registry). */
export const isLeaveCode = (typed: string): boolean => /^[!-~]{6,64}$/.test(typed);
