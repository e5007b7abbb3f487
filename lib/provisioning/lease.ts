/** Proof that one worker, and nobody else, works on a tenant: the fence grows with every taking and stamps every write. */
export interface Lease {
  readonly tenantId: string;
  readonly fence: bigint;
}
