export const clusterStyles = `
.gc-cluster-table{width:100%;border-collapse:collapse;background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px}
.gc-cluster-table th,.gc-cluster-table td{padding:8px;text-align:start;vertical-align:top;border-top:1px solid var(--gc-line);font-weight:400}
.gc-cluster-table thead th{font-weight:600;font-size:.75rem;line-height:1rem;border-top:0}
.gc-cluster-table tbody th{min-width:9rem}
.gc-cluster-table td:nth-child(2){width:25%}
.gc-cluster-table td:nth-child(3){width:21%}
.gc-cluster-table td:nth-child(4){width:19%}
.gc-cluster-table td:nth-child(6){width:8rem}
.gc-root .gc-target{font-weight:600;display:inline-block;min-height:24px}
.gc-cluster-counts{display:flex;flex-wrap:wrap;gap:2px 12px}
.gc-cluster-counts>li{white-space:nowrap;min-height:24px}
.gc-root .gc-cluster-facts.gc-hatch{padding:4px}
.gc-recovering{flex-wrap:nowrap;white-space:normal}
.gc-cluster-columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(420px,100%),1fr));gap:16px;align-items:start}
.gc-recovery-bar{position:relative;height:16px;border-radius:4px;background:var(--gc-stale-fill);margin-block:4px 20px}
.gc-recovery-bar>span{position:absolute;inset-block:0;min-width:2px;background:var(--gc-ok);border-inline-end:2px solid var(--gc-card)}
.gc-recovery-bar>span[data-step=flux],.gc-recovery-bar>span[data-step=ready]{opacity:.7}
.gc-recovery-bar>span[data-state=running]{opacity:1;background:repeating-linear-gradient(135deg,var(--gc-rolling) 0 6px,var(--gc-rolling-fill) 6px 12px)}
.gc-recovery-bar>i{position:absolute;inset-block:-2px;width:2px;background:var(--gc-bad)}
.gc-recovery-bar>i>span{position:absolute;top:100%;inset-inline-start:-8px;font:.75rem/1rem system-ui,sans-serif;white-space:nowrap;color:var(--gc-bad)}
.gc-recovery>li{display:grid;grid-template-columns:12rem minmax(0,1fr) minmax(0,1fr);gap:4px 12px;padding:4px 0;border-top:1px solid var(--gc-line)}
.gc-recovery>li:first-child{border-top:0}
.gc-cluster-table .gc-pairs>div{white-space:nowrap}
.gc-cluster-table .gc-pairs .gc-wrap{white-space:normal}
.gc-kinds{width:100%;border-collapse:collapse}
.gc-kinds th,.gc-kinds td{padding:4px 8px 4px 0;text-align:start;vertical-align:top;border-top:1px solid var(--gc-line);font-weight:400;overflow-wrap:anywhere}
.gc-kinds thead th{font-weight:600;font-size:.75rem;border-top:0}
.gc-kinds td:last-child,.gc-kinds th:last-child{text-align:end;overflow-wrap:normal}
@media (max-width:599px){.gc-recovery>li{grid-template-columns:1fr}}
@media (forced-colors:active){.gc-recovery-bar{border:1px solid CanvasText}.gc-recovery-bar>span{background:Highlight;opacity:1}.gc-hatch{border:1px dashed GrayText}}
`;
