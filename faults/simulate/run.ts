/**
 * npm run simulate -- --seeds N [--from K] [--json]: fifty families over ninety days, with things going wrong all the time.
 * npm run simulate -- --money --lives N [--from K] [--json]: a family's money over two years, and whether every sum agrees.
 */
import "../../tools/own-names.ts";

await import(process.argv.includes("--money") ? "../money/main.ts" : "./main.ts");
