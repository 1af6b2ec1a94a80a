export const placeStyles = `
.gc-places-list{display:flex;flex-direction:column}
.gc-place{display:flex;flex-direction:column;gap:2px;padding:8px;border-top:1px solid var(--gc-line);min-width:0}
.gc-places-list>.gc-place:first-child{border-top:0}
.gc-place>:not(:first-child){padding-inline-start:22px}
.gc-says{max-height:8rem;overflow:auto}
.gc-pairs{display:flex;flex-wrap:wrap;gap:2px 16px}
.gc-pairs>div{display:flex;gap:6px;min-width:0}
.gc-pairs dt{color:var(--gc-quiet);white-space:nowrap}
.gc-pairs dd{overflow-wrap:anywhere}
.gc-places-wide{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(400px,100%),1fr));gap:0 16px;align-items:start}
`;
