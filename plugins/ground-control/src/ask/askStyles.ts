export const askStyles = `
.gc-root .gc-options{border:0;margin:0;padding:0;min-width:0;display:flex;flex-direction:column;gap:4px}
.gc-options>legend{padding:0;font-size:.75rem;line-height:1rem;font-weight:600;margin-block-end:4px}
.gc-option{display:grid;grid-template-columns:auto minmax(0,1fr);gap:0 8px;padding:8px;border:1px solid var(--gc-line);border-radius:4px;align-items:start;cursor:pointer}
.gc-option:hover{background:var(--gc-hover)}
.gc-option[data-picked]{border-color:var(--gc-focus);box-shadow:inset 0 0 0 1px var(--gc-focus)}
.gc-option[data-off]{cursor:default;color:var(--gc-quiet)}
.gc-option input,.gc-tickline input{width:16px;height:16px;margin:2px 0;accent-color:var(--gc-focus)}
.gc-options details>summary{cursor:pointer;min-height:24px;font-size:.75rem;font-weight:600}
.gc-unfold-line{cursor:pointer;min-height:24px}
.gc-option-list{display:flex;flex-direction:column;gap:4px;max-height:320px;overflow:auto;padding:2px}
.gc-tickline{display:grid;grid-template-columns:auto minmax(0,1fr);gap:8px;align-items:start;cursor:pointer;min-height:24px}
.gc-send{position:sticky;bottom:-16px;background:var(--gc-card);border-block-start:1px solid var(--gc-line);padding-block:12px 16px;margin-block:auto -16px;display:flex;flex-direction:column;gap:8px;align-items:flex-start}
.gc-wishes>li{border-block-start:1px solid var(--gc-line);padding-block:8px;display:flex;flex-direction:column;gap:4px}
.gc-wish-head{display:flex;gap:8px;align-items:baseline;justify-content:space-between}
.gc-wish-head .gc-button{flex:none}
@media (forced-colors:active){.gc-option[data-picked]{outline:2px solid Highlight}}
@media (pointer:coarse){.gc-option,.gc-tickline,.gc-options details>summary,.gc-unfold-line{min-height:44px;align-items:center}}
`;
