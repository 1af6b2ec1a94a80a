export const sheetStyles = `
.gc-sheet{position:fixed;z-index:20;inset-block:0;inset-inline-end:0;width:min(480px,100vw);overflow:auto;scroll-padding-block-end:96px;background:var(--gc-card);border-inline-start:1px solid var(--gc-control);padding:16px;display:flex;flex-direction:column;gap:16px}
.gc-sheet>header{display:flex;justify-content:space-between;align-items:flex-start;gap:8px}
@media (max-width:599px){.gc-sheet{padding-block-end:72px}}
`;
