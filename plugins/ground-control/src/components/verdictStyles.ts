export const verdictStyles = `
.gc-root .gc-verdicts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(150px,100%),1fr));gap:8px}
.gc-verdict{position:relative;background:var(--gc-card);border:1px solid var(--gc-line);border-inline-start:4px solid var(--gc-ok);border-radius:6px;padding:6px 8px;min-width:0}
.gc-verdict[data-level=warning]{border-inline-start-color:var(--gc-warn)}
.gc-verdict[data-level=block]{border-inline-start-color:var(--gc-bad)}
.gc-verdict[data-changed]{outline:2px solid var(--gc-focus);outline-offset:1px}
.gc-verdict>p{overflow-wrap:anywhere}
.gc-verdict-title{display:grid;grid-template-columns:auto minmax(0,1fr);gap:6px;font-size:.8125rem;line-height:1.125rem;font-weight:600}
.gc-verdict-title>.gc-glyph{margin-block-start:2px}
.gc-verdict-glyphs{display:inline-flex;flex:none;gap:3px;position:relative}
.gc-verdict-glyphs>.gc-glyph{width:.75rem;height:.75rem}
@media (max-width:599px){.gc-root .gc-verdicts{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media (max-width:359px){.gc-root .gc-verdicts{grid-template-columns:minmax(0,1fr)}}
@media (forced-colors:active){.gc-verdict[data-level=block]{border-width:2px}}
`;
