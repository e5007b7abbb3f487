/** npm run faults [-- --block M1] [--case "part of its name"] [--json]: see README.md. */
import "../tools/own-names.ts";

await import("./main.ts");
