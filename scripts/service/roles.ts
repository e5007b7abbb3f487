/** Who may enter which database: the product, the tenant host, and nobody else. */
import pg from "pg";
import type { Layout } from "./layout.ts";

/** The tenant host's role: makes databases and roles for homes, and cannot read the product's own tables. */
export const hostRole = "tenant_host";

/**
 * Makes the product's database and the tenant host's role where they are missing. A home has a role of its own for its own
 * database; without the revoking it could still enter ours.
 */
export async function prepareRoles(layout: Layout): Promise<void> {
  const { ports, secrets } = layout;
  const admin = new pg.Client({
    host: "127.0.0.1",
    port: ports.postgres,
    user: "postgres",
    password: secrets["POSTGRES"] ?? "",
    database: "postgres",
  });
  await admin.connect();
  try {
    const has = async (question: string): Promise<boolean> => ((await admin.query(question)).rowCount ?? 0) > 0;
    if (!(await has("SELECT 1 FROM pg_database WHERE datname = 'nameplate'")))
      await admin.query("CREATE DATABASE nameplate");
    if (!(await has(`SELECT 1 FROM pg_roles WHERE rolname = '${hostRole}'`)))
      await admin.query(`CREATE ROLE ${hostRole} LOGIN CREATEDB CREATEROLE`);
    await admin.query(`ALTER ROLE ${hostRole} PASSWORD ${pg.escapeLiteral(secrets["TENANT_HOST"] ?? "")}`);
    await admin.query("REVOKE CONNECT ON DATABASE nameplate, postgres, template1 FROM PUBLIC");
    await admin.query(`GRANT CONNECT ON DATABASE postgres TO ${hostRole}`);
  } finally {
    await admin.end();
  }
}
