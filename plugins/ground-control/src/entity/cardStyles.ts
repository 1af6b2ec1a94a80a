export const cardStyles = `
.gc-card-body{display:flex;flex-direction:column;gap:8px;max-height:200px;overflow:auto}
.gc-where>div{display:grid;grid-template-columns:4.5rem minmax(0,1fr);gap:8px;align-items:center;min-height:28px;padding-block:3px;border-bottom:1px solid var(--gc-line)}
.gc-where dt{font-weight:600;overflow:hidden;text-overflow:ellipsis}
.gc-cluster-chips .gc-chip{max-width:100%}
.gc-root .gc-where{margin-block-end:8px}
.gc-bar{display:flex;height:8px;border-radius:4px;overflow:hidden;background:var(--gc-stale-fill);gap:1px}
.gc-bar>span{min-width:3px}.gc-bar>[class]{background:currentColor}
.gc-squad-requests{margin-block-end:12px;padding-block-end:8px;border-bottom:1px solid var(--gc-line)}
.gc-squad-state>li{display:flex;flex-direction:column;gap:4px;padding-block-end:8px}
@media (forced-colors:active){.gc-bar{forced-color-adjust:none}}
`;
