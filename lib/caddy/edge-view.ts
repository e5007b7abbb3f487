import { connect } from "node:tls";
import type { EdgeView } from "@/lib/provisioning/ports.ts";
import { trustedRoots } from "./trust.ts";

export interface EdgeSettings {
  readonly addresses: readonly string[];
  readonly port: number;
  /** Roots to trust beside everybody's. */
  readonly caFile: string | undefined;
}

type Shown = Awaited<ReturnType<EdgeView["certificate"]>>;

/** A public authority needs a few seconds for a new name, and the edge lets the first visitor wait for it. */
const handshakeMs = 15_000;

/** The certificate each of the edge's addresses shows for a host. Asking is what makes the edge fetch one. */
export function edgeView({ addresses, port, caFile }: EdgeSettings): EdgeView {
  return {
    async certificate(host) {
      const roots = await trustedRoots(caFile);
      const shown = await Promise.all(addresses.map((address) => shownAt(address, port, host, roots)));
      const wrong = shown.find((one) => !one.ok);
      if (wrong) return wrong;
      const [earliest] = shown.flatMap((one) => (one.ok ? [one.validUntil] : [])).sort();
      return earliest === undefined
        ? { ok: false, why: "the edge has no address" }
        : { ok: true, validUntil: earliest };
    },
  };
}

function shownAt(address: string, port: number, host: string, ca: string[]): Promise<Shown> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, servername: host, ca, ALPNProtocols: ["http/1.1"] });
    const wrong = (why: string) => {
      resolve({ ok: false, why: `${address}: ${why}` });
      socket.destroy();
    };
    socket.setTimeout(handshakeMs, () => wrong("no answer"));
    socket.on("error", (error: NodeJS.ErrnoException) => wrong(error.code ?? error.message));
    // Verified against the roots and for this host, or "error" would have come instead.
    socket.on("secureConnect", () => {
      const until = new Date(socket.getPeerCertificate().valid_to);
      resolve({ ok: true, validUntil: until.toISOString() });
      socket.end();
    });
  });
}
