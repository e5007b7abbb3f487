import { readFile } from "node:fs/promises";
import { getCACertificates } from "node:tls";

/** The roots everybody trusts, and the edge's own authority in the sandbox. Read each time: the edge makes it at its first start. */
export async function trustedRoots(caFile: string | undefined): Promise<string[]> {
  const everybodys = getCACertificates("default");
  if (!caFile) return everybodys;
  try {
    return [...everybodys, await readFile(caFile, "utf8")];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return everybodys;
    throw error;
  }
}
