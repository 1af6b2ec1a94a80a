/** What all pages and tabs need beyond what cards do: fields and layout. */
export const layoutStyles = `
.gc-root h2:focus{outline:none}
.gc-push{margin-inline-start:auto}
.gc-panel{background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px;padding:12px 16px;min-width:0}
.gc-banner>.gc-wrap{flex:1 1 12rem}
.gc-root .gc-button-primary{background:var(--gc-focus);border-color:var(--gc-focus);color:var(--gc-card)}
.gc-root[data-gc-theme=dark] .gc-button-primary{color:#10243B}
.gc-root .gc-button-primary:hover{background:var(--gc-focus);text-decoration:underline}
.gc-facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 12px}
.gc-facts dt{color:var(--gc-quiet);font-size:.75rem;line-height:1.25rem}
.gc-facts dd{overflow-wrap:anywhere}
.gc-input,.gc-select{font:inherit;color:inherit;background:var(--gc-card);border:1px solid var(--gc-control);border-radius:4px;min-height:32px;padding:4px 10px;max-width:100%}
.gc-check{display:block;padding-inline-start:1.125rem;text-indent:-1.125rem}
.gc-check>*{text-indent:0}
.gc-check-list{display:flex;flex-direction:column;gap:8px;padding-block:2px}
.gc-field{display:flex;flex-direction:column;gap:2px;min-width:0}
.gc-field>label,.gc-label{font-size:.75rem;line-height:1rem;font-weight:600}
.gc-field>textarea{width:100%;min-height:56px;resize:vertical}
.gc-root .gc-select{padding-inline-end:4px;cursor:pointer}
.gc-toolbar .gc-select{max-width:12rem}
.gc-input::placeholder{color:var(--gc-quiet);opacity:1}
.gc-field-wide{flex:1 1 180px;max-width:360px}
.gc-toolbar{min-width:0;display:flex;flex-wrap:wrap;gap:8px 12px;align-items:flex-end}
.gc-toolbar>a{line-height:32px}
@media (max-width:599px){.gc-toolbar>.gc-field{flex:1 1 40%}.gc-toolbar>.gc-field-wide{flex:1 1 100%;max-width:none}.gc-toolbar .gc-select{max-width:none}}
.gc-page{padding:0 24px 24px;min-width:0}
.gc-main{display:flex;flex-direction:column;gap:12px;min-width:0}
.gc-tabs{position:relative;display:flex;flex-wrap:wrap;gap:0 4px;border-bottom:1px solid var(--gc-line);margin-block-end:12px}
.gc-root .gc-tabs a{color:var(--gc-quiet);text-decoration:none;padding:8px 12px;min-height:36px;border-bottom:2px solid transparent;margin-block-end:-1px}
.gc-root .gc-tabs a:hover{color:var(--gc-text)}
.gc-root .gc-tabs a[aria-current=page]{color:var(--gc-text);border-color:currentColor}
kbd.gc-key{display:inline-block;margin-inline-start:2px;padding:0 4px;border:1px solid var(--gc-control);border-radius:4px;font:inherit;line-height:.875rem}
.gc-live-board{gap:12px}
.gc-lines>li{padding:8px 0;border-top:1px solid var(--gc-line)}
.gc-lines>li:first-child{border-top:0}
@media (max-width:599px){.gc-page{padding:0 16px 16px}.gc-tabs{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap}.gc-root .gc-tabs a{padding:8px 6px;flex:none;margin-block-end:0}}
@media (forced-colors:active){.gc-root .gc-button-primary[aria-disabled=true]{color:GrayText}.gc-root .gc-tabs a{border-bottom:0}.gc-root .gc-tabs a[aria-current=page]{border-bottom:4px solid Highlight}}
.gc-help{position:relative}
.gc-help summary{list-style:none}
.gc-help summary::-webkit-details-marker{display:none}
.gc-help[open]>div{position:absolute;z-index:5;inset-inline-end:0;margin-top:4px;width:min(360px,80vw);background:var(--gc-card);border:1px solid var(--gc-control);border-radius:8px;padding:12px 16px;max-height:70vh;overflow:auto;text-align:start}
@media (min-width:900px){.gc-help-two[open]>div{width:720px;display:grid;grid-template-columns:1fr 1fr;gap:0 24px;align-items:start}}
.gc-help kbd{font:.75rem/1rem ui-monospace,monospace;border:1px solid var(--gc-control);border-radius:4px;padding:0 4px}
@media (max-width:599px),(pointer:coarse){.gc-only-keys{display:none}}
@media (pointer:coarse){.gc-key{display:none}.gc-input,.gc-select{min-height:44px}.gc-targets a{display:inline-flex;align-items:center;min-height:44px}.gc-root .gc-tabs a{min-height:44px;display:flex;align-items:center}}
`;
