export const gridStyles = `
.gc-grid{position:relative;overflow:auto;background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px;min-height:180px;overscroll-behavior:auto;contain:layout paint}
.gc-grid-head{position:sticky;top:0;z-index:2;background:var(--gc-card);border-bottom:1px solid var(--gc-line)}
.gc-grid-row{display:grid;align-items:stretch;grid-template-columns:var(--gc-columns)}
.gc-grid-body{position:relative}
.gc-grid-body>.gc-grid-row{position:absolute;inset-inline:0;top:0;border-bottom:1px solid var(--gc-line)}
.gc-grid-body>.gc-grid-row:hover{background:var(--gc-hover)}
.gc-grid-head .gc-grid-cell{font-weight:600;font-size:.75rem;padding:0 8px}
.gc-grid-cell{position:relative;display:flex;align-items:center;min-width:0}
.gc-grid-wide{grid-column:1/-1}
.gc-grid-control{font:inherit;color:inherit;text-align:start;background:none;border:0;border-radius:4px;width:100%;height:100%;padding:0 8px;display:flex;align-items:center;gap:6px;min-width:0;cursor:pointer;text-decoration:none;position:relative;overflow:hidden}
.gc-root .gc-grid-control:focus-visible{outline:2px solid var(--gc-focus);outline-offset:-2px}
.gc-root a.gc-grid-control{color:inherit;text-decoration:none}
@media (forced-colors:active){.gc-grid-row{border-bottom:1px solid CanvasText}}
`;
