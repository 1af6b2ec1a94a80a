export const auditStyles = `
.gc-audit-filters .gc-input{width:9.75rem}
.gc-audit-scroll{overflow-x:auto;background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px}
.gc-audit{width:100%;border-collapse:collapse;min-width:960px}
.gc-audit th,.gc-audit td{padding:6px 8px;text-align:start;vertical-align:top;border-top:1px solid var(--gc-line);font-weight:400;overflow-wrap:anywhere}
.gc-audit thead th{font-weight:600;font-size:.75rem;line-height:1rem;border-top:0}
.gc-audit thead th,.gc-audit th:first-child,.gc-audit td:nth-child(-n+3),.gc-audit td:nth-child(n+7){white-space:nowrap}
.gc-audit td:nth-child(5){min-width:11rem}
.gc-audit tr[data-red]>th:first-child{box-shadow:inset 4px 0 0 var(--gc-bad)}
.gc-audit tr[data-red]>td:nth-child(4){color:var(--gc-bad);font-weight:600}
.gc-audit-details{display:flex;flex-wrap:wrap;gap:0 .75rem;min-width:18rem}
.gc-audit-details>div{font-size:.75rem;line-height:1rem}
.gc-audit-details dt{display:inline;color:var(--gc-quiet)}
.gc-audit-details dt::after{content:":"}
.gc-audit-details dd{display:inline}
@media (max-width:599px){.gc-audit-filters .gc-input{width:100%}}
@media (forced-colors:active){.gc-audit tr[data-red]>th:first-child{border-inline-start:4px solid CanvasText}}
`;
