import { readFileSync } from "node:fs";
import { request } from "node:https";
import { caFile } from "../scripts/service/layout.ts";
import { copy, urls } from "./support/copy.ts";
import { sharedHome } from "./support/homes.ts";
import { killOutright, mayHandlePrograms, startAgain, whileHeld } from "./support/processes.ts";
import { expect, test } from "./support/test.ts";

test.skip(!mayHandlePrograms, "holds the programs of a copy that scripts/test started");

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly anyOrigin: boolean;
  readonly body: unknown;
}

/** Asks as another family's server does: over TLS, the certificate verified for the name. */
function ask(name: string, path: string): Promise<Answer> {
  const { layout } = copy;
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: layout.ports.edge,
        servername: name,
        ca: readFileSync(caFile(layout)),
        path,
        headers: { host: name, origin: "https://app.example" },
        agent: false,
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers["content-type"] ?? "",
            anyOrigin: answer.headers["access-control-allow-origin"] === "*",
            body: JSON.parse(text) as unknown,
          }),
        );
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

test("with web, database and Redis stopped a family is found as before, also after the edge was started anew", async ({
  page,
  browser,
}) => {
  const { name, given } = (await sharedHome(browser, "smith")).buyer;
  const good = { status: 200, type: "application/json", anyOrigin: true };
  const isFound = async () => {
    expect(await ask(name, "/.well-known/matrix/server")).toEqual({ ...good, body: { "m.server": `${name}:443` } });
    expect(await ask(name, "/.well-known/matrix/client")).toEqual({
      ...good,
      body: { "m.homeserver": { base_url: `https://${name}` } },
    });
    expect(await ask(name, "/.well-known/matrix/support")).toMatchObject(good);
    expect(await ask(`www.${name}`, "/.well-known/matrix/server")).toMatchObject({ status: 200 });
    await page.goto(`${urls.family(name)}/${given.toLowerCase()}`);
    await expect(page.getByRole("link", { name: `Write to ${given}` })).toBeVisible();
  };
  await isFound();
  await whileHeld(["web", "postgres", "redis"], async () => {
    await expect(fetch(`${urls.web}/api/health`, { signal: AbortSignal.timeout(500) })).rejects.toThrow();
    await isFound();
    await killOutright("edge");
    await expect(ask(name, "/.well-known/matrix/server")).rejects.toThrow();
    await startAgain("edge");
    await isFound();
  });
  // What was stopped goes on where it was.
  await page.goto(urls.web);
  await expect(page.getByLabel("What should your name be?")).toBeVisible();
});
