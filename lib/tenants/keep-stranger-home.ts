import type { Escrow, HomeserverHost, SiteFile, SiteHome } from "@/lib/provisioning/ports.ts";

export interface StrangerHomeHands {
  readonly homes: HomeserverHost;
  readonly escrow: Escrow;
  readonly siteHome: SiteHome;
}

/** As long as a family's takes at most (lib/provisioning/steps/homeserver.ts). */
const startSeconds = 15;

/**
 * The home in which the stranger lives who tries children's rules: run and found as a family's, with no order, bill or page. May be
 * called at any time, by any number of workers. Its name is led to the edge by whoever runs this.
 */
export async function keepStrangerHome(
  { homes, escrow, siteHome }: StrangerHomeHands,
  name: string,
  discovery: readonly SiteFile[],
): Promise<void> {
  await siteHome.publish(name, discovery);
  const found = await homes.state(name);
  if (found?.state === "running" || found?.state === "asleep") return;
  // A name has one key in its life: one that was handed over before our database was set back is locked away again.
  const handed = (await escrow.find(name)) ? undefined : await homes.handedKey(name);
  await (handed ? escrow.adopt(name, handed) : escrow.create(name));
  await homes.ensureRunning(name, { secrets: await escrow.secretsFor(name), household: null }, startSeconds);
}
