import type { Escrow, EscrowedKey, HomeSecrets } from "@/lib/provisioning/ports.ts";
import type { World } from "@/lib/world.ts";

/** How keys are made and sealed; the master key stays inside. */
export interface KeyCraft {
  makeSigningKey(): KeyToKeep;
  /** Reads a key file; throws `Refused` when it is none. */
  readSigningKey(file: string): KeyToKeep;
  /** The name is bound into the seal: a sealed key opens for its own name only. */
  seal(name: string, plain: string): string;
  open(name: string, sealed: string): string;
  /** Secrets a home needs that can be made again at any time. */
  homeSecrets(name: string): Omit<HomeSecrets, "signingKey">;
}

interface KeyToKeep {
  readonly keyId: string;
  readonly publicKey: string;
  readonly file: string;
}

/** Signing keys rest sealed in our database, one a name for good: the primary key makes a second one impossible. */
export function keyEscrow({ db, clock }: Pick<World, "db" | "clock">, craft: KeyCraft): Escrow {
  async function lockAway(name: string, key: KeyToKeep): Promise<EscrowedKey> {
    const { keyId, publicKey, file } = key;
    const data = { name, keyId, publicKey, sealed: craft.seal(name, file), createdAt: clock.now() };
    await db.signingKey.createMany({ data: [data], skipDuplicates: true });
    const kept = await db.signingKey.findUniqueOrThrow({ where: { name } });
    return { keyId: kept.keyId, publicKey: kept.publicKey };
  }

  return {
    async find(name) {
      const row = await db.signingKey.findUnique({ where: { name } });
      return row ? { keyId: row.keyId, publicKey: row.publicKey } : undefined;
    },
    create: (name) => lockAway(name, craft.makeSigningKey()),
    adopt: (name, signingKey) => lockAway(name, craft.readSigningKey(signingKey)),
    async secretsFor(name) {
      const row = await db.signingKey.findUniqueOrThrow({ where: { name } });
      return { ...craft.homeSecrets(name), signingKey: craft.open(name, row.sealed) };
    },
  };
}
