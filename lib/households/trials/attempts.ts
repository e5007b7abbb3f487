/**
 * What a stranger tries, in this order. Code, texts (`family.try.attempts`) and tests know each by its id. All are attacks that
 * workers/homeserver/attack has, too.
 */
export const attempts = [
  /** Asks the child into a chat of two. */
  "direct",
  /** Into a chat of several. */
  "group",
  /** Into one that is open to everybody. */
  "open",
  /** Into a collection of chats. */
  "space",
  /** Reads the child's name and picture. */
  "profile",
  /** Asks which apps the child has signed in. */
  "devices",
  /** Takes a key with which a sealed chat begins. */
  "key",
  /** Writes to the child's apps past every chat. */
  "unseen",
  /** Searches for the child by name. */
  "search",
  /** Compares all answers with those about somebody who does not exist. */
  "exists",
] as const;
export type Attempt = (typeof attempts)[number];

/** The four that ask the child into a room. */
export const invitations = ["direct", "group", "open", "space"] as const satisfies readonly Attempt[];
export const isInvitation = (attempt: Attempt): boolean => invitations.some((one) => one === attempt);
