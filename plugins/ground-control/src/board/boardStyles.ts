export const boardStyles = `
.gc-board{display:flex;flex-direction:column;gap:12px;min-width:0}
.gc-board .gc-mono,.gc-board .gc-chip{flex:none}
.gc-board .gc-mono.gc-clip{flex:0 1 auto}
.gc-grid-control:hover .gc-service-name{text-decoration:underline}
.gc-namespace{flex:0 99 auto}
.gc-marks{display:flex;flex:none;gap:4px;margin-inline-start:auto}
.gc-board[data-layout=medium] .gc-marks{margin-inline-start:0}
.gc-board[data-layout=medium] .gc-namespace{display:none}
.gc-pips{display:inline-flex;flex:none;gap:2px;position:relative}
.gc-pips>.gc-glyph{width:.625rem;height:.625rem}
.gc-board .gc-counts{gap:4px}
.gc-counts .gc-button{position:relative}
.gc-short{display:none}
.gc-board:is([data-layout=narrow],[data-layout=medium]) .gc-short{display:inline}
.gc-board:is([data-layout=narrow],[data-layout=medium]) .gc-long{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.gc-board .gc-counts .gc-button{white-space:nowrap;padding:4px;gap:4px}
.gc-counts .gc-button[aria-pressed=true]{background:var(--gc-rolling-fill);color:var(--gc-rolling-ink);font-weight:600}
.gc-counts .gc-button[aria-pressed=true] .gc-glyph{color:inherit}
.gc-releaser{flex:0 99 auto}
:is(.gc-board[data-layout=narrow],.gc-board[data-layout=medium]) .gc-problem-words{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
:is(.gc-board[data-layout=narrow],.gc-board[data-layout=medium]) .gc-service-name{flex:0 1 auto}
:is(.gc-board[data-layout=narrow],.gc-board[data-layout=medium]) .gc-service-name~.gc-chip{flex:0 99 auto;min-width:24px;overflow:hidden;text-overflow:ellipsis;display:block}
.gc-board[data-layout=narrow] .gc-group-count.gc-quiet{display:none}
.gc-group>.gc-small{white-space:nowrap}
.gc-group{font-size:.875rem}
.gc-row-tick{width:18px;height:18px;margin:0;accent-color:var(--gc-focus);cursor:pointer}
.gc-chevron{width:.875rem;height:.875rem;flex:none}
.gc-group[aria-expanded=false] .gc-chevron{transform:rotate(-90deg)}
.gc-group-count{white-space:nowrap;position:relative}
.gc-group>.gc-strong{flex:0 1 auto;min-width:5rem}
.gc-group>.gc-small{flex:none}
.gc-grid-control[data-marked]{box-shadow:inset 0 0 0 2px var(--gc-rolling)}
.gc-board-line{margin-block-start:-4px}
.gc-segments{display:flex;flex-wrap:wrap;gap:0}
.gc-segments button{border-radius:0;margin-inline-start:-1px}
.gc-segments button[aria-pressed=true]{background:var(--gc-rolling-fill);color:var(--gc-rolling-ink);font-weight:600}
.gc-toolbar>.gc-more{flex:1 1 40%;justify-content:center}
@media (forced-colors:active){.gc-segments button[aria-pressed=true],.gc-counts .gc-button[aria-pressed=true],.gc-grid-control[data-marked]{outline:2px solid Highlight;outline-offset:-3px}}
@media (max-width:599px){.gc-namespace{display:none}.gc-density{display:none}}
`;
