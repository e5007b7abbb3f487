/** npm run faults:mutants [-- --json] [--only "part of a name"]: whether the matrix sees bugs that were put there for it. */
import "../../tools/own-names.ts";

await import("./main.ts");
