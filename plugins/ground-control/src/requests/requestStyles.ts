/** The inbox. */
export const requestStyles = `
.gc-request-tabs{display:flex;flex-wrap:wrap;gap:4px 8px}
.gc-root .gc-request-tabs a{border:1px solid var(--gc-control);border-radius:4px;padding:5px 10px;min-height:32px;color:inherit;text-decoration:none;background:var(--gc-card)}
.gc-root .gc-request-tabs a:hover{background:var(--gc-hover)}
.gc-root .gc-request-tabs a[aria-current]{border-color:var(--gc-focus);box-shadow:inset 0 -2px 0 var(--gc-focus);font-weight:600}
.gc-root .gc-requests{padding:0}
.gc-requests>li{position:relative;display:grid;grid-template-columns:minmax(12rem,2.2fr) minmax(6rem,1fr) auto minmax(7rem,1fr) minmax(9rem,1.2fr) auto;gap:2px 16px;align-items:center;padding:8px 16px;border-top:1px solid var(--gc-line);min-height:44px}
.gc-requests>li:first-child{border-top:0}
.gc-requests>li:hover,.gc-requests>li:focus-within{background:var(--gc-hover)}
.gc-requests .gc-review::after{content:"";position:absolute;inset:0}
.gc-requests>li>.gc-verdict-glyphs{min-width:6.5rem}
.gc-requests .gc-button{position:relative}
.gc-request-note{grid-column:1/-1}
@media (max-width:1079px){.gc-requests>li{grid-template-columns:minmax(0,1fr) auto}.gc-requests>li>:first-child{grid-column:1/-1}}
@media (forced-colors:active){.gc-root .gc-request-tabs a[aria-current]{outline:2px solid Highlight}}
@media (pointer:coarse){.gc-root .gc-request-tabs a{min-height:44px;display:flex;align-items:center}}
`;
