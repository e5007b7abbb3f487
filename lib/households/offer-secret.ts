import { derivedSecret } from "@/lib/ids.ts";

/** How long a link to take over a bill works, as every text about it says: as long as a card. */
export const offerDays = 7;

/** The secret in the link, made again from its row when the letter is sent. */
export const offerToken = (linkKey: string, changeId: string): string => derivedSecret(linkKey, "pay-bill", changeId);
