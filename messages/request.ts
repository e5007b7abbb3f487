import type {} from "next-intl";
import { getRequestConfig } from "next-intl/server";
import messages from "./en.json" with { type: "json" };

/** One language for now; a second one is a second file here, chosen by what the reader's browser asks for. */
export const locale = "en-GB";

/** Where "today" is, until we know where the reader lives. */
export const timeZone = "Europe/London";

export default getRequestConfig(async () => ({ locale, timeZone, messages }));

declare module "next-intl" {
  interface AppConfig {
    Messages: typeof messages;
  }
}
