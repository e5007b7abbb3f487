import pg from "pg";

/** An empty database beside that of `url`, under its name, for as long as `work` takes. Nobody else uses either. */
export async function beside<T>(url: string, work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = new URL(url);
  scratch.pathname += "_past";
  const drop = `DROP DATABASE IF EXISTS ${scratch.pathname.slice(1)} WITH (FORCE)`;
  await run(url, [drop, `CREATE DATABASE ${scratch.pathname.slice(1)}`]);
  try {
    return await work(scratch.href);
  } finally {
    await run(url, [drop]);
  }
}

/** One statement, or one file of them, after the other. */
export async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
