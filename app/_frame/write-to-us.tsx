import type { ReactNode } from "react";
import { settings } from "./settings.ts";

/** What the catalogue's `<write>{mail}</write>` needs: our address, and a link that writes to it. */
export function writeToUs() {
  const mail = settings().SUPPORT_EMAIL;
  return { mail, write: (chunks: ReactNode) => <a href={`mailto:${mail}`}>{chunks}</a> };
}
