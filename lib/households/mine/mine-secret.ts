import { derivedSecret } from "@/lib/ids.ts";

/** How long a link to one's own page works, as every text about it says: as long as one to sign in. */
export const linkMinutes = 10;
/** For so long the page stays open in a browser: to read and to ask, on a device that others use, too. */
export const openSeconds = 3600;

/** A link that nobody asked for lies in the app until it is seen: as long as a card works. */
export const unaskedDays = 7;

/** The secret in the link, made again from its row when the letter is sent. */
export const mineToken = (linkKey: string, linkId: string): string => derivedSecret(linkKey, "mine", linkId);
