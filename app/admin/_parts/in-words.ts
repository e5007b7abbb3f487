import type { Said } from "@/lib/errors.ts";
import type { Say } from "../../_frame/say.ts";
import { dayAndTime } from "./times.ts";

/** What came of an act. Times in it are kept as ISO. */
export function inWords(say: Say, { key, values = {} }: Said): string {
  const until = values["until"];
  return say({ key, values: typeof until === "string" && until ? { ...values, until: dayAndTime(until) } : values });
}
