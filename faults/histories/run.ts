/** npm run faults:record -- --release NAME: writes down what this release leaves half done, for every later one to take up. */
import "../../tools/own-names.ts";

await import("./record.ts");
