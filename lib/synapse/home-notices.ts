import { Refused } from "@/lib/errors.ts";
import { homeOfAddress } from "@/lib/mail/in-app.ts";
import type { Post } from "@/lib/mail/transport.ts";
import type { SynapseAccounts } from "./accounts.ts";
import { accepted, type Call } from "./unix-http.ts";

/**
 * Letters that go into somebody's own Matrix app: the home itself writes them, in a room with that person alone (Synapse's server
 * notices). The letter's id is the transaction's, so that one sent twice within the hour arrives once.
 */
export const homeNotices = (accounts: Pick<SynapseAccounts, "administer">): Post => ({
  async send({ id, to, text }) {
    const home = homeOfAddress(to);
    if (!home || id === undefined)
      throw new Refused(`${to} is nobody's address`, { vendor: "Synapse", call: "write to somebody" });
    const call: Call = {
      method: "PUT",
      path: `/_synapse/admin/v1/send_server_notice/${encodeURIComponent(id)}`,
      what: "write to somebody",
      body: { user_id: to, content: { msgtype: "m.text", body: text } },
    };
    accepted(call, await accounts.administer(home, call));
  },
});
