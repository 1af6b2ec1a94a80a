export const diffStyles = `
.gc-diff{border:1px solid var(--gc-line);border-radius:8px;overflow:hidden}
.gc-diff>summary{padding:8px 12px;cursor:pointer;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center}
.gc-diff>summary:focus-visible{outline-offset:-2px}
.gc-diff-lines{overflow:auto;max-height:480px;border-top:1px solid var(--gc-line);font:.75rem/1.125rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.gc-diff-lines:focus-visible{outline-offset:-2px}
.gc-diff-lines table{border-collapse:collapse;min-width:100%}
.gc-diff-lines td{padding:0 8px;white-space:pre;border:0;vertical-align:top}
.gc-diff-number{width:1%;text-align:end;color:var(--gc-quiet);user-select:none}
.gc-diff-added td{background:var(--gc-diff-add);color:var(--gc-diff-ink)}
.gc-diff-removed td{background:var(--gc-diff-remove);color:var(--gc-diff-ink)}
.gc-diff-gap td{color:var(--gc-quiet);background:var(--gc-hover)}
@media (forced-colors:active){.gc-diff-added td,.gc-diff-removed td{font-weight:700}}
@media (pointer:coarse){.gc-diff>summary{min-height:44px}}
`;
