/** The page of one request. */
export const decisionStyles = `
.gc-decision{gap:10px}
.gc-decision-columns{display:grid;grid-template-columns:minmax(0,1fr) 320px;gap:12px;align-items:start}
.gc-decision-columns>div,.gc-decision-columns>aside{display:flex;flex-direction:column;gap:12px;min-width:0}
.gc-decide{display:flex;flex-direction:column;gap:8px}
.gc-root .gc-warnings{border:0;margin:0;padding:0;min-width:0;display:flex;flex-direction:column;gap:4px}
.gc-warnings>legend{padding:0 0 4px;font-size:.75rem;line-height:1rem;font-weight:600}
.gc-decide label.gc-accept{display:grid;grid-template-columns:auto minmax(0,1fr);gap:8px;align-items:start;min-height:24px;cursor:pointer;font-size:.8125rem;line-height:1.125rem}
.gc-decide .gc-accept input{width:18px;height:18px;margin:0;accent-color:var(--gc-focus)}
.gc-decide textarea{min-height:52px}
.gc-decide-actions{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.gc-decide-actions>p{flex:1 0 100%}
.gc-decide-actions .gc-button-primary,.gc-decide-actions .gc-reject{font-weight:600;padding-inline:14px}
.gc-root .gc-danger{border-color:var(--gc-bad);color:var(--gc-bad)}
.gc-timeline>li{display:grid;grid-template-columns:4.5rem minmax(0,1fr);gap:0 8px;padding:3px 0}
.gc-outcome{display:flex;flex-direction:column;gap:8px}
.gc-banner ul{flex:1 0 100%;list-style:disc;padding-inline-start:20px}
.gc-override{max-width:640px}
.gc-sheet .gc-decision-columns{grid-template-columns:minmax(0,1fr)}
.gc-sheet .gc-decision-columns>aside{order:-1}
@media (max-width:899px){
.gc-decision-columns{grid-template-columns:minmax(0,1fr)}
.gc-decision-columns>aside{order:-1}
}
@media (max-width:599px){
.gc-decision[data-pending],.gc-override{padding-block-end:152px}
.gc-decision[data-pending]>.gc-decision-columns>aside{order:0}
.gc-decide-actions.gc-sticky{position:fixed;z-index:15;inset-inline:0;bottom:56px;background:var(--gc-card);border-block-start:1px solid var(--gc-control);padding:8px 16px}
}
@media (pointer:coarse){.gc-decide label.gc-accept{min-height:44px;align-items:center}}
`;
