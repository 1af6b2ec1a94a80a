export const pageStyles = `
.gc-page{padding:0 24px 24px;min-width:0}
.gc-main{display:flex;flex-direction:column;gap:12px;min-width:0}
.gc-tabs{display:flex;flex-wrap:wrap;gap:0 4px;border-bottom:1px solid var(--gc-line);margin-block-end:12px}
.gc-root .gc-tabs a{color:var(--gc-quiet);text-decoration:none;padding:8px 12px;min-height:36px;border-bottom:2px solid transparent;margin-block-end:-1px}
.gc-root .gc-tabs a:hover{color:var(--gc-text)}
.gc-root .gc-tabs a[aria-current=page]{color:var(--gc-text);border-color:currentColor}
.gc-live-board{gap:12px}
.gc-lines>li{padding:8px 0;border-top:1px solid var(--gc-line)}
.gc-lines>li:first-child{border-top:0}
@media (max-width:599px){.gc-page{padding:0 16px 16px}}
@media (forced-colors:active){.gc-root .gc-tabs a{border-bottom:0}.gc-root .gc-tabs a[aria-current=page]{border-bottom:4px solid Highlight}}
@media (pointer:coarse){.gc-root .gc-tabs a{min-height:44px;display:flex;align-items:center}}
`;
