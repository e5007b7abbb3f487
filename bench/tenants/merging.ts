/** The kernel's merging of equal pages, as MERGE_PAGES=1 of the tenant host turns it on; put back as it was afterwards. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const folder = "/sys/kernel/mm/ksm";
/** Ten times what the kernel looks at by itself: the same pages are merged in the end, and the bench waits less. */
const pagesAtOnce = "1000";

/** Undefined where the kernel has none, or we may not turn it on. */
export function turnMergingOn(): (() => void) | undefined {
  if (process.getuid?.() !== 0 || !existsSync(`${folder}/run`)) return undefined;
  const files = ["pages_to_scan", "run"].map((name) => `${folder}/${name}`);
  const before = files.map((file) => readFileSync(file, "utf8").trim());
  writeFileSync(files[0] ?? "", pagesAtOnce);
  writeFileSync(files[1] ?? "", "1");
  const putBack = (): void => {
    process.off("exit", putBack);
    for (const [i, file] of files.entries()) writeFileSync(file, before[i] ?? "0");
  };
  process.on("exit", putBack);
  return putBack;
}
