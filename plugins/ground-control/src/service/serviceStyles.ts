export const serviceStyles = `
.gc-service-facts{display:flex;flex-wrap:wrap;gap:8px 32px}
.gc-service-facts dt{font-size:.75rem;line-height:1rem;color:var(--gc-quiet)}
.gc-service-facts dd{display:flex;flex-wrap:wrap;gap:4px 8px}
.gc-root .gc-environments{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(300px,100%),1fr));gap:16px}
.gc-history>li{display:grid;grid-template-columns:auto minmax(0,1fr);gap:0 12px;padding:8px 12px;border-top:1px solid var(--gc-line)}
.gc-history>li:first-child{border-top:0}
.gc-history>li:hover{background:var(--gc-hover)}
.gc-history>li[data-selected]{background:var(--gc-rolling-fill);color:var(--gc-rolling-ink)}
.gc-history>li[data-selected] .gc-quiet,.gc-history>li[data-selected] .gc-glyph,.gc-root .gc-history>li[data-selected] a{color:inherit}
.gc-tick{display:inline-flex;align-items:center;justify-content:center;width:24px;height:24px;position:relative}
.gc-tick input{width:16px;height:16px;margin:0;accent-color:var(--gc-focus);cursor:pointer}
.gc-unfold{cursor:pointer;min-height:24px;font-size:.75rem;font-weight:600}
@media (forced-colors:active){.gc-history>li[data-selected]{outline:2px solid Highlight;outline-offset:-2px}}
@media (pointer:coarse){.gc-unfold{min-height:44px;line-height:44px}.gc-tick{width:44px;height:44px}}
`;
