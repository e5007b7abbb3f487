/**
 * What a family wants for its children, as a home's manifest has it. The language is
 * workers/homeserver/nameplate_rules/rules.schema.json, where each field is explained; a test holds these types against it.
 */
export interface Household {
  /** IANA time zone in which quiet hours are meant. */
  readonly zone: string;
  /** Who can always write to each child: local parts, and of parents who live elsewhere whole Matrix ids. */
  readonly parents: readonly string[];
  readonly children: readonly (ChildRules & { readonly who: string })[];
}

/** One child's rules, with nothing left to a default: what a page says is what the home was told. */
export interface ChildRules {
  readonly contacts: {
    readonly family: boolean;
    readonly people: readonly string[];
    readonly servers: readonly string[];
    readonly never: readonly string[];
  };
  readonly stranger: "ask" | "refuse" | "allow";
  readonly found: boolean;
  readonly rooms: { readonly join: "contacts" | "any"; readonly create: boolean; readonly publish: boolean };
  readonly quiet: readonly QuietHours[];
  readonly devices: "any" | "closed";
  readonly uploadMegabytes: number | null;
  readonly paused: boolean;
}

/** Days are 1 for Monday to 7 for Sunday, times `HH:MM`. */
export interface QuietHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}
