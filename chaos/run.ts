/** npm run chaos -- --minutes M [--orders N] [--at-once N] [--json] [--keep]. README.md says what happens then. */
import "../tools/own-names.ts";

await import("./main.ts");
