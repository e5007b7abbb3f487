import { html } from "hono/html";
import { type Html, page, table } from "@/sandbox/shared/page.ts";
import { presentRegistration } from "./registrar/present.ts";
import type { World } from "./world.ts";

/** What a person sees of this stand-in. */
export const namesPage = (world: World): Html =>
  page({
    title: "Names",
    pretend: "Names are pretend here: nothing is bought, and only this machine's own address book knows them.",
    body: html`<h1>Names</h1>
<p class="muted">This stands in for Cloudflare: a registrar, zones, and the name server that answers for them.</p>
${registrations(world)}
${[...world.zones.values()].map((zone) => zoneCard(world, zone.id))}
${help()}`,
  });

function registrations(world: World): Html {
  const names = [...new Set([...world.registrations.keys(), ...world.workflows.keys()])].reverse();
  if (names.length === 0)
    return html`<p class="empty">No name has been registered yet. The wizard's last step is one way to begin.</p>`;
  return table(
    "Registrations",
    ["Name", "Registrant", "State", "Until", "Renews itself"],
    names.map((name) => {
      const workflow = world.workflows.get(name);
      const shown = presentRegistration(world, name);
      const registrant = (world.registrations.get(name)?.order ?? workflow?.order)?.registrant;
      const state = workflow && workflow.state !== "succeeded" ? workflow.state.replace("_", " ") : shown?.status;
      return [
        html`<span class="name">${name}</span>`,
        html`${registrant?.postal_info.name}<br><span class="muted small">${registrant?.email}</span>`,
        html`${state}${workflow?.words ? html`<br><span class="muted small">${workflow.words}</span>` : ""}`,
        shown?.expires_at?.slice(0, 10) ?? "not yet",
        shown?.auto_renew ? "yes" : "no",
      ];
    }),
  );
}

function zoneCard(world: World, id: string): Html {
  const zone = world.zones.get(id);
  const records = [...world.recordsOf(id).values()];
  const rows = records.map(({ type, name, content, comment }) => [
    type,
    name,
    html`<code>${content}</code>`,
    comment ?? "",
  ]);
  const lines =
    rows.length === 0
      ? html`<p class="muted">No records.</p>`
      : table(`Records of ${zone?.name}`, ["Type", "Name", "Content", "Comment"], rows);
  return html`<section class="card"><h2>${zone?.name}</h2><p class="muted small">Zone ${zone?.status}</p>${lines}</section>`;
}

const help = (): Html => html`<section class="card"><h2>What can be made to happen</h2>
<p>These are the control addresses. The product never calls them; people and tests do.</p>
<dl>
<dt><code>PUT /_sandbox/names/NAME {"state": "taken" | "premium" | "available", "price"?: "17.80"}</code></dt><dd>What the registry says of a name.</dd>
<dt><code>PUT /_sandbox/registrations/next {"outcome": "succeeded" | "pending" | "action_required" | "blocked" | "failed", "afterMs"?, "words"?, "name"?}</code></dt><dd>What becomes of the next registration.</dd>
<dt><code>POST /_sandbox/registrations/NAME/advance {"state": "succeeded", "words"?}</code></dt><dd>Moves one that is under way.</dd>
<dt><code>PUT /_sandbox/registrations/NAME {"created": "2026-09-24T12:00:00Z"}</code></dt><dd>As if it had been registered then.</dd>
<dt><code>POST /_sandbox/registrations/NAME/transfer {"state": "asked" | "refused" | "done"}</code></dt><dd>Another registrar asks for the name, and has it. Its zone stays.</dd>
<dt><code>DELETE /_sandbox/registrations/NAME</code></dt><dd>The name is gone from this account.</dd>
<dt><code>POST /_sandbox/faults {"call": "registrations.create", "kind": "timeout-after", "times"?, "skip"?, "ms"?}</code></dt><dd>Makes a call go wrong. GET lists what is planned, DELETE takes it back.</dd>
<dt><code>GET /_sandbox/ledger?kind=registrations.create.received</code></dt><dd>Everything that ever happened.</dd>
</dl></section>`;
