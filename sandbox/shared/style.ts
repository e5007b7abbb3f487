/** The product's own colours and measures, inline, so that these pages load nothing. */
export const style = `
:root { color-scheme: light; --paper: #f5f4ef; --surface: #ffffff; --sunk: #ebe9e1; --ink: #19201c; --muted: #474e49;
  --line: #d8d5ca; --line-strong: #7d827b; --action: #1f4034; --on-action: #fffdf5; --link: #1c4a3a; --brass: #9c7121;
  --brass-tint: #f6edd8; --danger: #98201a; --danger-tint: #fbe8e5; --positive: #17593a; --focus: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; --paper: #111614; --surface: #19201d; --sunk: #222a26;
  --ink: #f0ede4; --muted: #b9c0b8; --line: #323b36; --line-strong: #7f8a82; --action: #e0bb6b; --on-action: #1c1506;
  --link: #e6c681; --brass: #d3ab57; --brass-tint: #2b2414; --danger: #ffa699; --danger-tint: #371815; --positive: #86d3a6;
  --focus: #8fbcff; } }
*, *::before, *::after { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 2.5rem) 4rem; display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
h1, h2, .name { font-family: Georgia, serif; font-weight: 500; line-height: 1.2; }
h1 { font-size: 2.125rem; } h2 { font-size: 1.5rem; margin-top: 1rem; } h3 { font-size: 1.0625rem; }
p, dl, ul { max-width: 38rem; }
a { color: var(--link); text-underline-offset: 0.18em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 4px; }
.muted { color: var(--muted); } .small { font-size: 0.9375rem; }
.ribbon { background: repeating-linear-gradient(-45deg, var(--brass-tint) 0 14px, var(--surface) 14px 28px); border-bottom: 1px solid var(--brass); font-size: 0.9375rem; padding: 0.375rem clamp(1rem, 4vw, 2.5rem); }
.ribbon p { background: var(--surface); border-radius: 4px; padding: 0 0.5rem; width: fit-content; max-width: 100%; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: 1.5rem; display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
.empty { border: 1.5px dashed var(--line-strong); border-radius: 14px; padding: 1.5rem; }
.notice { background: var(--brass-tint); border-left: 4px solid var(--brass); border-radius: 8px; padding: 0.75rem 1rem; }
.notice[data-tone="bad"] { background: var(--danger-tint); border-color: var(--danger); }
.scroll { overflow-x: auto; overflow-wrap: normal; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-size: 0.9375rem; color: var(--muted); font-weight: 600; } td { min-width: 5rem; }
dt { color: var(--muted); font-size: 0.9375rem; } dd + dt { margin-top: 0.5rem; }
.scroll code { overflow-wrap: anywhere; display: inline-block; min-width: 10rem; } code, pre { font: 0.9em/1.4 ui-monospace, monospace; } pre { white-space: pre-wrap; }
.button { display: inline-block; min-height: 3rem; padding: 0.75rem 1.5rem; border: 0; border-radius: 8px; background: var(--action); color: var(--on-action); font: 600 1.0625rem/1.4 system-ui, sans-serif; cursor: pointer; text-decoration: none; }
.button--quiet { background: transparent; color: var(--ink); border: 1.5px solid var(--line-strong); }
form { display: grid; gap: 1.25rem; } label { font-weight: 600; display: block; }
.input { width: 100%; min-height: 3rem; padding: 0.5rem 0.75rem; border: 1.5px solid var(--line-strong); border-radius: 8px; background: var(--surface); color: var(--ink); font: inherit; }
iframe { width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: 8px; background: #ffffff; }
@media (max-width: 40rem) { .button { width: 100%; text-align: center; } }
`;
