import type {
  Accounts,
  DnsHost,
  EdgeView,
  Escrow,
  HomeserverHost,
  OutsideView,
  Registrar,
  SiteHome,
} from "../ports.ts";
import type { Step } from "../step.ts";
import { certificate } from "./certificate.ts";
import { type DomainLimits, domain } from "./domain.ts";
import { homeserver } from "./homeserver.ts";
import { owner } from "./owner.ts";
import { records } from "./records.ts";
import { seenFromOutside } from "./seen-from-outside.ts";
import { type RenderSite, site } from "./site.ts";
import { zone } from "./zone.ts";

export interface Hands {
  readonly registrar: Registrar;
  readonly dns: DnsHost;
  readonly siteHome: SiteHome;
  readonly renderSite: RenderSite;
  readonly homes: HomeserverHost;
  readonly escrow: Escrow;
  readonly accounts: Accounts;
  readonly edge: EdgeView;
  readonly outside: OutsideView;
  readonly edgeAddresses: readonly string[];
  readonly limits: DomainLimits;
}

/** The eight steps of a home, each with its hands. */
export const allSteps = (hands: Hands): readonly Step[] => [
  domain(hands.registrar, hands.limits),
  zone(hands.dns),
  records(hands.dns, hands.edgeAddresses),
  site(hands.siteHome, hands.renderSite),
  homeserver(hands.homes, hands.escrow),
  certificate(hands.edge),
  owner(hands.accounts, hands.homes),
  seenFromOutside(hands.outside, hands.edgeAddresses, hands.homes),
];
