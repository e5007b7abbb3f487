import { pino } from "pino";
import { logError } from "./log-error.ts";

/** One line of JSON an event. Fields that may carry a secret are cut out before they are written. */
export const log = pino({
  level: process.env["LOG_LEVEL"] ?? "info",
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: logError },
  redact: {
    paths: ["*.password", "*.token", "*.secret", "*.authorization", "*.cookie", "password", "token", "secret"],
    censor: "[kept out of the log]",
  },
});

export type Log = Pick<typeof log, "debug" | "info" | "warn" | "error">;
