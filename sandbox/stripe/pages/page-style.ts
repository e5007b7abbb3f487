/** What the payment pages need beyond the sandbox's shared rules. */
export const paymentStyle = `
.pay { display: grid; gap: 2rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 52rem) { .pay { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 3rem; } }
.pay h1 { overflow-wrap: normal; }
.sum { font: 500 2.5rem/1.1 Georgia, serif; font-variant-numeric: tabular-nums; }
.lines { list-style: none; padding: 0; display: grid; }
.lines li { display: flex; justify-content: space-between; gap: 1rem; padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
.lines .amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
.lines .total { font-weight: 600; border-bottom: 0; }
.field { display: grid; gap: 0.25rem; }
.hint { color: var(--muted); font-size: 0.9375rem; }
.error { color: var(--danger); font-size: 0.9375rem; font-weight: 600; }
.input[aria-invalid="true"] { border-color: var(--danger); border-width: 2px; }
.input[readonly] { background: var(--sunk); }
.pair { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 30rem) { .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
fieldset { border: 0; padding: 0; display: grid; gap: 1.25rem; min-width: 0; }
legend { font: 500 1.25rem/1.2 Georgia, serif; padding: 0; margin-bottom: 0.75rem; }
.tick { display: grid; grid-template-columns: 1.5rem minmax(0, 1fr); gap: 0.75rem; align-items: start; }
.tick input { width: 1.5rem; height: 1.5rem; accent-color: var(--action); }
.tick label { font-weight: 400; }
.form .button { width: 100%; text-align: center; }
details summary { cursor: pointer; min-height: 2.75rem; padding: 0.5rem 0; color: var(--link); text-decoration: underline; text-underline-offset: 0.18em; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; }
`;

/** The sentence of the ribbon on the pages a payer sees. */
export const standsIn = "This page stands in for Stripe's. Only test cards work here, and no money moves.";
