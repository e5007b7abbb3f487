/** The two apps we suggest, and where each is had. */
export const apps = [
  {
    app: "fluffychat",
    suggested: true,
    iphone: "https://apps.apple.com/app/fluffychat/id1551469600",
    android: "https://play.google.com/store/apps/details?id=chat.fluffy.fluffychat",
    fdroid: "https://f-droid.org/packages/chat.fluffy.fluffychat/",
    computer: "https://fluffychat.im/web/",
  },
  {
    app: "element",
    suggested: false,
    // Element X, as Element itself sends people there.
    iphone: "https://apps.apple.com/app/element-x-secure-chat-call/id1631335820",
    android: "https://play.google.com/store/apps/details?id=io.element.android.x",
    fdroid: "https://f-droid.org/packages/io.element.android.x/",
    computer: "https://app.element.io/",
  },
] as const;

export const places = ["iphone", "android", "fdroid", "computer"] as const;

/**
 * Opens Element on a phone with the server, and whose account it is, filled in. FluffyChat has no such link. The address
 * is written as Element's own documents write it.
 */
export function elementLink(name: string, part?: string): string {
  const hint = part === undefined ? "" : `&login_hint=mxid:@${encodeURIComponent(part)}:${name}`;
  return `https://mobile.element.io/element?account_provider=${name}${hint}`;
}
