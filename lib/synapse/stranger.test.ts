import { expect, test } from "vitest";
import { systemIds } from "@/lib/ids.ts";
import { synapseStranger } from "./stranger.ts";
import type { Call } from "./unix-http.ts";

const home = "stranger.nameplate.test";

/** A stranger's home with one account, and what was asked of it. */
function strangersHome(account: { locked: boolean; closed: boolean } | undefined) {
  const asked: Call[] = [];
  const stranger = synapseStranger({
    ...{ home, socketFolder: "", ids: systemIds, keepHome: async () => undefined },
    accounts: {
      findAccount: async () => account && { displayName: "A trial by Nameplate", erased: false, ...account },
      async administer(_name, call) {
        asked.push(call);
        return { status: 200, body: { joined_rooms: [] } };
      },
    },
  });
  return { stranger, asked };
}

test("A stranger who leaves is asked out of every room before the account is closed", async () => {
  const { stranger, asked } = strangersHome({ locked: false, closed: false });
  await stranger.leave("trial-1");
  expect(asked.map(({ what }) => what)).toEqual(["list the stranger's rooms", "remove the stranger's account"]);
});

test.each([
  ["is gone already", { locked: false, closed: true }],
  ["never came", undefined],
])("Of a stranger who %s nothing is asked once more", async (_why, account) => {
  const { stranger, asked } = strangersHome(account);
  await stranger.leave("trial-1");
  expect(asked).toEqual([]);
});
