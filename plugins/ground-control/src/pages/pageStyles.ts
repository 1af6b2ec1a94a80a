/** What pages and tabs need beyond what cards do: controls and layout. */
export const pageStyles = `
.gc-check{display:block;padding-inline-start:1.125rem;text-indent:-1.125rem}
.gc-check>*{text-indent:0}
.gc-check-list{display:flex;flex-direction:column;gap:8px;padding-block:2px}
.gc-field{display:flex;flex-direction:column;gap:2px;min-width:0}
.gc-field>label,.gc-label{font-size:.75rem;line-height:1rem;font-weight:600}
.gc-root .gc-select{padding-inline-end:4px;cursor:pointer}
.gc-toolbar .gc-select{max-width:12rem}
.gc-input::placeholder{color:var(--gc-quiet);opacity:1}
.gc-field-wide{flex:1 1 180px;max-width:360px}
.gc-toolbar{min-width:0;display:flex;flex-wrap:wrap;gap:8px 12px;align-items:flex-end}
@media (max-width:599px){.gc-toolbar>.gc-field{flex:1 1 40%}.gc-toolbar>.gc-field-wide{flex:1 1 100%;max-width:none}.gc-toolbar .gc-select{max-width:none}}
.gc-page{padding:0 24px 24px;min-width:0}
.gc-main{display:flex;flex-direction:column;gap:12px;min-width:0}
.gc-tabs{display:flex;flex-wrap:wrap;gap:0 4px;border-bottom:1px solid var(--gc-line);margin-block-end:12px}
.gc-root .gc-tabs a{color:var(--gc-quiet);text-decoration:none;padding:8px 12px;min-height:36px;border-bottom:2px solid transparent;margin-block-end:-1px}
.gc-root .gc-tabs a:hover{color:var(--gc-text)}
.gc-root .gc-tabs a[aria-current=page]{color:var(--gc-text);border-color:currentColor}
.gc-live-board{gap:12px}
.gc-lines>li{padding:8px 0;border-top:1px solid var(--gc-line)}
.gc-lines>li:first-child{border-top:0}
@media (max-width:599px){.gc-page{padding:0 16px 16px}.gc-tabs{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap}.gc-root .gc-tabs a{padding:8px 6px;flex:none;margin-block-end:0}}
@media (forced-colors:active){.gc-root .gc-tabs a{border-bottom:0}.gc-root .gc-tabs a[aria-current=page]{border-bottom:4px solid Highlight}}
@media (pointer:coarse){.gc-root .gc-tabs a{min-height:44px;display:flex;align-items:center}}
`;
