export const boardStyles = `
.gc-board{display:flex;flex-direction:column;gap:12px;min-width:0}
.gc-board .gc-age{min-width:28px}
.gc-board .gc-mono,.gc-board .gc-chip{flex:none}
.gc-board .gc-mono.gc-clip{flex:0 1 auto}
.gc-grid-control:hover .gc-service-name{text-decoration:underline}
.gc-namespace{flex:0 99 auto}
.gc-board[data-layout=narrow] .gc-problem-words{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.gc-board[data-layout=narrow] .gc-service-name{flex:0 0 auto;max-width:72%}
.gc-board[data-layout=narrow] .gc-service-name~.gc-chip{flex:0 1 auto;min-width:24px;overflow:hidden}
.gc-board[data-layout=narrow] .gc-group-count.gc-quiet{display:none}
.gc-group>.gc-small{white-space:nowrap}
.gc-group{font-size:14px}
.gc-chevron{width:14px;height:14px;flex:none}
.gc-group[aria-expanded=false] .gc-chevron{transform:rotate(-90deg)}
.gc-group-count{white-space:nowrap}
.gc-grid-control[data-marked]{box-shadow:inset 0 0 0 2px var(--gc-rolling)}
.gc-field-wide{flex:1 1 220px;max-width:360px}
.gc-board .gc-select{max-width:190px}
.gc-board-line{margin-block-start:-4px}
.gc-input::placeholder{color:var(--gc-quiet);opacity:1}
.gc-segments{display:flex;flex-wrap:wrap;gap:0}
.gc-segments button{border-radius:0;margin-inline-start:-1px}
.gc-segments button[aria-pressed=true]{background:var(--gc-rolling-fill);color:var(--gc-rolling-ink);font-weight:600}
.gc-keys{position:relative}
.gc-keys summary{list-style:none}
.gc-keys summary::-webkit-details-marker{display:none}
.gc-keys[open]>div{position:absolute;z-index:5;inset-inline-end:0;margin-top:4px;width:min(360px,80vw);background:var(--gc-card);border:1px solid var(--gc-control);border-radius:8px;padding:12px 16px}
.gc-keys kbd{font:12px/16px ui-monospace,monospace;border:1px solid var(--gc-control);border-radius:4px;padding:0 4px}
.gc-push{margin-inline-start:auto}
@media (max-width:599px){.gc-board .gc-toolbar>.gc-field{flex:1 1 40%}.gc-board .gc-toolbar>.gc-field-wide{flex:1 1 100%;max-width:none}.gc-board .gc-select{max-width:none}.gc-namespace{display:none}.gc-keys,.gc-density{display:none}}
`;
