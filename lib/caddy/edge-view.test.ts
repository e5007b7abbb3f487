import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edgeView } from "./edge-view.ts";
import { localSite } from "./local-site.ts";
import { startTestEdge, type TestEdge } from "./test-edge.ts";

let edge: TestEdge;
beforeAll(async () => {
  edge = await startTestEdge();
  await localSite(edge.wwwFolder).publish("smith.family", [{ path: ".well-known/matrix/server", content: "{}" }]);
}, 60_000);
afterAll(() => edge.clean());

const view = (addresses: string[], caFile: string | undefined) => edgeView({ addresses, port: edge.httpsPort, caFile });

describe("the certificate the edge shows", () => {
  it("is valid for a published name, under the authority we trust", async () => {
    const shown = await view(["127.0.0.1"], edge.caFile).certificate("smith.family");
    expect(shown).toMatchObject({ ok: true });
    if (shown.ok) expect(Date.parse(shown.validUntil)).toBeGreaterThan(Date.now() + 3_600_000);
  });

  it("is not there for a name that is not published", async () => {
    expect(await view(["127.0.0.1"], edge.caFile).certificate("stranger.test")).toMatchObject({
      ok: false,
      why: expect.stringMatching(/127\.0\.0\.1/),
    });
  });

  it("is not believed under an authority nobody trusts", async () => {
    const shown = await view(["127.0.0.1"], undefined).certificate("smith.family");
    expect(shown).toMatchObject({ ok: false, why: expect.stringMatching(/ISSUER|SELF_SIGNED/) });
    const unread = await view(["127.0.0.1"], "/nowhere/root.crt").certificate("smith.family");
    expect(unread).toMatchObject({ ok: false });
  });

  it("has to be right at every address of the edge", async () => {
    expect(await view(["127.0.0.1", "127.0.0.9"], edge.caFile).certificate("smith.family")).toMatchObject({
      ok: false,
      why: expect.stringMatching(/^127\.0\.0\.9: ECONNREFUSED/),
    });
    expect(await view([], edge.caFile).certificate("smith.family")).toMatchObject({ ok: false });
  });
});
