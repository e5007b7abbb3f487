/** npm run attack -- [--only PATTERN] [--without-rules] [--json]. README.md says what happens then. */
import "../../../tools/own-names.ts";

await import("./main.ts");
