export const activityStyles = `
.gc-root .gc-activity{padding:0 16px}
.gc-activity>li{display:grid;grid-template-columns:3rem 5.75rem minmax(0,1fr);gap:2px 8px;padding:8px 0;border-top:1px solid var(--gc-line)}
.gc-activity>li:first-child{border-top:0}
.gc-activity>li>.gc-small{line-height:1.25rem}
.gc-checks{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 12px;min-width:0}
.gc-checks legend{padding:0 0 2px;font-size:.75rem;line-height:1rem;font-weight:600}
.gc-checks label{display:inline-flex;align-items:center;gap:6px;min-height:32px;cursor:pointer}
.gc-checks input{width:16px;height:16px;margin:0;accent-color:var(--gc-focus)}
@media (max-width:599px){.gc-activity>li{grid-template-columns:3rem minmax(0,1fr)}.gc-activity>li>:nth-child(3){grid-column:1/-1}}
@media (pointer:coarse){.gc-checks label{min-height:44px}}
`;
