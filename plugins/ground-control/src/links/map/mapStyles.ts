/** The thickness and pattern of a line say its state too; colours are those of the glyphs. */
export const mapStyles = `
.gc-map-scroll{overflow-x:auto;background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px;padding:12px 16px}
.gc-map{position:relative}
.gc-map>*{position:absolute}
.gc-map>svg{inset:0;width:100%;height:100%;overflow:visible}
.gc-map-line{fill:none;stroke:currentColor;stroke-width:2;color:var(--gc-stale)}
.gc-map-line path:last-child{fill:currentColor;stroke:none}
.gc-map-line[data-state=down]{color:var(--gc-bad);stroke-width:3;stroke-dasharray:10 3}
.gc-map-line[data-state=high]{color:var(--gc-high);stroke-width:3}
.gc-map-line[data-state=elevated]{color:var(--gc-warn)}
.gc-map-line[data-state=stale]{stroke-width:5;stroke-dasharray:2 3}
.gc-map-line[data-state=never-sampled]{stroke-dasharray:.1 5;stroke-linecap:round;stroke-width:3}
.gc-map-line[data-state=normal]{color:var(--gc-ok);stroke-width:1}
.gc-root .gc-map-label{transform:translate(-50%,-50%);background:var(--gc-card);padding:1px 4px;border-radius:4px;font-size:.75rem;line-height:1.125rem;white-space:nowrap;color:inherit;text-decoration:none}
.gc-map-label[data-state=stale]{font-style:italic}
.gc-map-cluster{display:flex;align-items:center;justify-content:center;gap:4px;font:inherit;color:inherit;background:var(--gc-card);border:1px solid var(--gc-control);border-radius:4px;padding:2px 4px;cursor:pointer}
.gc-map-cluster:hover,.gc-map-cluster:focus{background:var(--gc-hover)}
.gc-map-cluster[aria-pressed=true]{background:var(--gc-rolling-fill);color:var(--gc-rolling-ink);font-weight:600}
@media (forced-colors:active){.gc-map-line{color:CanvasText}.gc-map-cluster[aria-pressed=true]{outline:2px solid Highlight;outline-offset:-3px}}
`;
