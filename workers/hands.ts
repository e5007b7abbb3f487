import { edgeView } from "@/lib/caddy/edge-view.ts";
import { localSite } from "@/lib/caddy/local-site.ts";
import { outsideView } from "@/lib/caddy/outside-view.ts";
import { systemClock } from "@/lib/clock.ts";
import { openCloudflare } from "@/lib/cloudflare/client.ts";
import { cloudflareDns } from "@/lib/cloudflare/dns-host.ts";
import { cloudflareRegistrar } from "@/lib/cloudflare/registrar.ts";
import type { WorkerEnv } from "@/lib/env.ts";
import type { Stranger, Witness } from "@/lib/households/trials/ports.ts";
import type { Post } from "@/lib/mail/transport.ts";
import type { Accounts, HomeAsks, Registrar } from "@/lib/provisioning/ports.ts";
import type { Step } from "@/lib/provisioning/step.ts";
import { allSteps } from "@/lib/provisioning/steps/index.ts";
import { type SynapseAccounts, synapseAccounts } from "@/lib/synapse/accounts.ts";
import { makeSigningKey, openSeal, readSigningKey, seal } from "@/lib/synapse/escrow-crypto.ts";
import { homeAsks } from "@/lib/synapse/home-asks.ts";
import { homeNotices } from "@/lib/synapse/home-notices.ts";
import { homeSecrets } from "@/lib/synapse/home-secrets.ts";
import { synapseStranger } from "@/lib/synapse/stranger.ts";
import { tenantHost } from "@/lib/synapse/tenant-host.ts";
import { homeWitness } from "@/lib/synapse/witness.ts";
import { keepStrangerHome, type StrangerHomeHands } from "@/lib/tenants/keep-stranger-home.ts";
import { type KeyCraft, keyEscrow } from "@/lib/tenants/key-escrow.ts";
import { discoveryOf, renderSite } from "@/lib/tenants/render-site.ts";
import type { World } from "@/lib/world.ts";
import { pageStyles } from "./page-styles.ts";

interface Hands {
  readonly steps: readonly Step[];
  readonly registrar: Registrar;
  readonly accounts: Accounts;
  readonly asks: HomeAsks;
  /** Writes to people in their own apps. */
  readonly notices: Post;
  readonly stranger: Stranger | undefined;
  readonly witness: Witness;
}

/** Wires every step to its adapter. Calls to Cloudflare go by a way that counts them. */
export function hands(env: WorkerEnv, world: World, toCloudflare: typeof fetch): Hands {
  const cloudflare = openCloudflare({
    token: env.CLOUDFLARE_TOKEN,
    accountId: env.CLOUDFLARE_ACCOUNT,
    url: env.CLOUDFLARE_URL,
    transport: toCloudflare,
  });
  const registrar = cloudflareRegistrar(cloudflare);
  const { siteHome, escrow, homes, accounts } = homesOf(env, world);
  const looking = {
    port: env.EDGE_PORT,
    caFile: env.EDGE_CA_FILE,
    dnsServer: env.DNS_SERVER,
    addresses: env.EDGE_ADDRESSES,
  };
  const steps = allSteps({
    registrar,
    dns: cloudflareDns(cloudflare),
    siteHome,
    renderSite: renderSite({
      css: pageStyles(),
      webUrl: env.WEB_URL,
      supportEmail: env.SUPPORT_EMAIL,
      sandbox: env.SANDBOX,
    }),
    homes,
    escrow,
    accounts,
    edge: edgeView(looking),
    // What a real home signs is dated by the machine, whatever day a sandbox lives on.
    outside: outsideView(looking, systemClock),
    edgeAddresses: env.EDGE_ADDRESSES,
    limits: { wholesaleCap: env.WHOLESALE_CAP, namesPerCard: env.NAMES_PER_CARD },
  });
  return {
    ...{ steps, registrar, accounts, asks: homeAsks(env.HOST_SOCKET, accounts, env.STRANGER_NAME) },
    notices: homeNotices(accounts),
    ...{ stranger: strangerOf(env, world, { homes, escrow, siteHome, accounts }), witness: homeWitness(accounts) },
  };
}

/** Our own machines: where homes run, are found and are administered. */
function homesOf(env: WorkerEnv, world: World): StrangerHomeHands & { readonly accounts: SynapseAccounts } {
  const { HOMES_FOLDER: homesFolder, SOCKET_FOLDER: socketFolder, HOST_SOCKET: hostSocket } = env;
  return {
    siteHome: localSite(env.WWW_FOLDER),
    escrow: keyEscrow(world, keyCraft(env, world)),
    homes: tenantHost({ homesFolder, socketFolder, hostSocket }),
    accounts: synapseAccounts({ masterKey: env.MASTER_KEY, device: world.ids.id("dev"), socketFolder }),
  };
}

/** Where a name was given for their home. */
function strangerOf(
  env: WorkerEnv,
  { ids }: World,
  hands: StrangerHomeHands & { readonly accounts: SynapseAccounts },
): Stranger | undefined {
  const home = env.STRANGER_NAME;
  if (home === undefined) return undefined;
  const discovery = discoveryOf(home, { webUrl: env.WEB_URL, supportEmail: env.SUPPORT_EMAIL });
  const keepHome = () => keepStrangerHome(hands, home, discovery);
  return synapseStranger({ home, socketFolder: env.SOCKET_FOLDER, accounts: hands.accounts, ids, keepHome });
}

/** The master key stays in these closures. */
function keyCraft({ MASTER_KEY }: WorkerEnv, { ids }: World): KeyCraft {
  return {
    makeSigningKey: () => makeSigningKey(ids),
    readSigningKey,
    seal: (name, plain) => seal(MASTER_KEY, name, plain, ids),
    open: (name, sealed) => openSeal(MASTER_KEY, name, sealed),
    homeSecrets: (name) => homeSecrets(MASTER_KEY, name, ""),
  };
}
