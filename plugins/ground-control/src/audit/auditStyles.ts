export const auditStyles = `
.gc-audit-filters .gc-input{width:9.75rem}
.gc-audit-scroll{overflow-x:auto;background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px}
.gc-audit{width:100%;border-collapse:collapse;min-width:1120px}
.gc-audit th,.gc-audit td{padding:6px 8px;text-align:start;vertical-align:top;border-top:1px solid var(--gc-line);font-weight:400;overflow-wrap:anywhere}
.gc-audit thead th{font-weight:600;font-size:.75rem;line-height:1rem;border-top:0}
.gc-audit thead th,.gc-audit th:first-child,.gc-audit td:nth-child(-n+4),.gc-audit td:nth-child(n+8){white-space:nowrap}
.gc-audit td:nth-child(5){min-width:7rem}
.gc-audit td:nth-child(6){min-width:11rem}
.gc-audit tr[data-red]>th:first-child{box-shadow:inset 4px 0 0 var(--gc-bad)}
.gc-audit tr[data-red]>td:nth-child(5){color:var(--gc-bad);font-weight:600}
.gc-audit-details{display:flex;flex-wrap:wrap;gap:0 .75rem;min-width:15rem}
.gc-audit-details>div{font-size:.75rem;line-height:1rem}
.gc-audit-details dt{display:inline;color:var(--gc-quiet)}
.gc-audit-details dt::after{content:":"}
.gc-audit-details dd{display:inline}
.gc-audit summary{cursor:pointer;min-height:24px;line-height:1.5rem}
@media (max-width:699px){
.gc-audit-filters .gc-input{width:100%}
.gc-audit{min-width:0}
.gc-audit,.gc-audit tbody{display:block}
.gc-audit thead{display:none}
.gc-audit tr{display:flex;flex-wrap:wrap;gap:2px 12px;padding:8px 12px;border-top:1px solid var(--gc-line)}
.gc-audit tr:first-child{border-top:0}
.gc-audit th,.gc-audit td{padding:0;border:0;min-width:0}
.gc-audit td:empty{display:none}
.gc-audit td:nth-child(6),.gc-audit td:nth-child(7){flex:1 0 100%}
.gc-audit td[data-label]::before{content:attr(data-label) " ";font-size:.75rem;color:var(--gc-quiet)}
.gc-audit-details{min-width:0}
}
@media (pointer:coarse){.gc-audit summary{min-height:44px;line-height:44px}}
@media (forced-colors:active){.gc-audit tr[data-red]>th:first-child{border-inline-start:4px solid CanvasText}}
`;
