import { derivedSecret } from "@/lib/ids.ts";

/** How long the link to become a parent of a home works, as every text about it says: as long as a card. */
export const inviteDays = 7;

/** The secret in the link, made again from its row when the letter is sent. */
export const inviteToken = (linkKey: string, parentId: string): string => derivedSecret(linkKey, "parent", parentId);
