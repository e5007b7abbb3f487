import type { Escrow, HomeSecrets } from "@/lib/provisioning/ports.ts";
import type { World } from "@/lib/world.ts";

/** How keys are made and sealed; the master key stays inside. */
export interface KeyCraft {
  makeSigningKey(): { readonly keyId: string; readonly publicKey: string; readonly file: string };
  /** The name is bound into the seal: a sealed key opens for its own name only. */
  seal(name: string, plain: string): string;
  open(name: string, sealed: string): string;
  /** Secrets a home needs that can be made again at any time. */
  homeSecrets(name: string): Omit<HomeSecrets, "signingKey">;
}

/** Signing keys rest sealed in our database, one a name for good: the primary key makes a second one impossible. */
export function keyEscrow({ db, clock }: Pick<World, "db" | "clock">, craft: KeyCraft): Escrow {
  return {
    async find(name) {
      const row = await db.signingKey.findUnique({ where: { name } });
      return row ? { keyId: row.keyId, publicKey: row.publicKey } : undefined;
    },
    async create(name) {
      const key = craft.makeSigningKey();
      const data = {
        name,
        keyId: key.keyId,
        publicKey: key.publicKey,
        sealed: craft.seal(name, key.file),
        createdAt: clock.now(),
      };
      await db.signingKey.createMany({ data: [data], skipDuplicates: true });
      const kept = await db.signingKey.findUniqueOrThrow({ where: { name } });
      return { keyId: kept.keyId, publicKey: kept.publicKey };
    },
    async secretsFor(name) {
      const row = await db.signingKey.findUniqueOrThrow({ where: { name } });
      return { ...craft.homeSecrets(name), signingKey: craft.open(name, row.sealed) };
    },
  };
}
