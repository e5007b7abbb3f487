import { readEnv, type WebEnv } from "@/lib/env.ts";

let read: WebEnv | undefined;

/** The web's settings. Read at the first request and not when this file is loaded, for a build has none. */
export const settings = (): WebEnv => {
  read ??= readEnv("web");
  return read;
};
