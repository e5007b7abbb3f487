import { inWords } from "../billing/money.ts";
import type { Invoice } from "../objects/invoice.ts";
import { day } from "./days.ts";

/** One A4 page (595 × 842 points) of plain text with the invoice on it: a real PDF 1.4, in Helvetica, without any library. */
export function invoicePdf(invoice: Invoice): Uint8Array<ArrayBuffer> {
  const lines = [
    `Invoice ${invoice.number}`,
    `Sandbox: this stands in for Stripe's invoice. No money moved.`,
    "",
    `Date: ${day(invoice.created)}`,
    `To: ${invoice.customer_name ?? ""} ${invoice.customer_email ?? ""}`,
    "",
    ...invoice.lines.data.map((line) => `${line.description}: ${inWords(line.amount, line.currency)}`),
    "",
    ...invoice.total_taxes.map(({ amount }) => `Of it tax: ${inWords(amount, invoice.currency)}`),
    `Total: ${inWords(invoice.total, invoice.currency)} (${invoice.status})`,
  ];
  // 12 point text on 18 point leading, from 60 points in and 60 below the upper edge.
  const text = `BT /F1 12 Tf 18 TL 60 782 Td\n${lines.map((line) => `(${escaped(line)}) Tj T*`).join("\n")}\nET`;
  return assembled([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${Buffer.byteLength(text, "latin1")} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ]);
}

/** Letters outside the font's encoding become a question mark. */
const escaped = (line: string): string => line.replaceAll(/[\\()]/g, "\\$&").replaceAll(/[^\x20-\x7e\xa1-\xff]/g, "?");

function assembled(objects: readonly string[]): Uint8Array<ArrayBuffer> {
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, "latin1");
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(file, "latin1");
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(Buffer.from(file, "latin1"));
}
