/** npm run simulate -- --seeds N [--from K] [--json]: fifty families over ninety days, with things going wrong all the time. */
import "../../tools/own-names.ts";

await import("./main.ts");
