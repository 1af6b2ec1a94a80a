export const findStyles = `
.gc-find{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:flex-start}
.gc-find .gc-field-wide{flex:1 1 200px;max-width:560px}
.gc-find>.gc-button{margin-block-start:1.125rem}
.gc-places{display:grid;gap:4px}
.gc-places>li{display:grid;grid-template-columns:minmax(64px,auto) minmax(0,1fr);gap:8px}
.gc-root .gc-places{grid-template-columns:1fr}
`;
