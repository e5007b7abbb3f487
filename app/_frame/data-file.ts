/** A file of somebody's data: theirs alone, and kept by no browser or proxy. `id` is their whole Matrix id. */
export function dataFile(id: string, text: string): Response {
  const name = id.slice(1).replaceAll(/[^\w.-]/g, "-");
  return new Response(text, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="nameplate-${name}.json"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
