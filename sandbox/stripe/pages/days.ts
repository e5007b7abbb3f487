/** `24 November 2026` of a moment in unix seconds. */
export const day = (unix: number): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(unix * 1000));

/** `24/11/2026, 23:31:07`, for the tables. */
export const moment = (unix: number): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeStyle: "medium", timeZone: "UTC" }).format(
    new Date(unix * 1000),
  );
