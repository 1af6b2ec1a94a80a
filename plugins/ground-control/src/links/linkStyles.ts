/**
 * How each state of a link looks, wherever it is shown: `gc-link` with
 * `data-state`. Normal is quiet on purpose: colour says where to look.
 */
export const linkStyles = `
.gc-link[data-state=down]{background:var(--gc-bad-fill);color:var(--gc-bad-ink)}
.gc-link[data-state=high]{background:var(--gc-high-fill);color:var(--gc-high-ink)}
.gc-link[data-state=elevated]{background:var(--gc-warn-fill);color:var(--gc-warn-ink)}
.gc-link[data-state=stale]{background:repeating-linear-gradient(135deg,var(--gc-stale-fill) 0 6px,transparent 6px 10px);font-style:italic}
.gc-link[data-state=hidden]{background:var(--gc-stale-fill);color:var(--gc-stale-ink)}
.gc-link[data-state=never-sampled]{outline:1px dashed var(--gc-stale);outline-offset:-3px}
.gc-link:is([data-state=down],[data-state=high],[data-state=elevated],[data-state=hidden]) .gc-glyph{color:inherit}
@media (forced-colors:active){.gc-link{border:1px solid CanvasText}.gc-link[data-state=stale],.gc-link[data-state=never-sampled]{border-style:dashed;outline:0}.gc-link:is([data-state=down],[data-state=high],[data-state=elevated]){outline:2px solid CanvasText;outline-offset:-2px}}
`;
