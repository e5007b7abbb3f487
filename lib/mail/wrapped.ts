/** The widest line that every mail program shows whole (RFC 5322, 2.1.1). */
const widest = 78;

/** Text with its lines broken between words. An address of a page is never broken, and what follows a list's number stays under it. */
export const wrapped = (text: string): string => text.split("\n").map(wrapLine).join("\n");

function wrapLine(line: string): string {
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = "";
  for (const word of line.trim().split(" ")) {
    if (current !== "" && `${indent}${current} ${word}`.length > widest) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current].map((one) => (one === "" ? "" : `${indent}${one}`)).join("\n");
}
