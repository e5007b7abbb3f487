import type { ChildRules } from "@/lib/provisioning/household.ts";
import type { AgeBand } from "./age-band.ts";

const strictest: ChildRules = {
  contacts: { family: true, people: [], servers: [], never: [] },
  stranger: "ask",
  found: false,
  rooms: { join: "contacts", create: false, publish: false },
  quiet: [],
  devices: "any",
  uploadMegabytes: null,
  paused: false,
};
const among: ChildRules = { ...strictest, rooms: { ...strictest.rooms, create: true } };

/**
 * The rules that a child's account begins with; a judgement (docs/decisions/0033), and each can be changed. A child whose age
 * nobody said begins as the youngest.
 */
export const beginWith: Readonly<Record<AgeBand, ChildRules>> = {
  "under-10": strictest,
  "10-12": among,
  "13-15": { ...among, found: true },
  "16-17": { ...among, found: true, stranger: "allow", rooms: { ...among.rooms, join: "any" } },
};
