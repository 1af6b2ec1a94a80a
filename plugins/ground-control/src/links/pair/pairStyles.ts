export const pairStyles = `
.gc-chart{display:block;position:relative;min-width:0}
.gc-chart svg{display:block;width:100%;overflow:visible}
.gc-chart text{font:.6875rem system-ui,sans-serif;fill:var(--gc-quiet)}
.gc-chart-line{fill:none;stroke:var(--gc-link);stroke-width:2;stroke-linejoin:round}
.gc-chart-line[data-of=p50]{stroke:var(--gc-ok);stroke-dasharray:5 3}
.gc-chart-dot{fill:var(--gc-link)}
.gc-chart-dot[data-of=p50]{fill:var(--gc-ok)}
.gc-chart-usual{fill:var(--gc-stale-fill);stroke:var(--gc-control);stroke-width:1}
.gc-chart-down{fill:var(--gc-bad-fill);opacity:.35}
.gc-chart-loss{fill:var(--gc-bad)}
.gc-chart-release{fill:var(--gc-text)}
.gc-chart-gap{fill:url(#gc-chart-hatch)}
.gc-chart-hatch{stroke:var(--gc-control);stroke-width:1}
.gc-chart-axis{stroke:var(--gc-line)}
.gc-chart-cross{stroke:var(--gc-text)}
.gc-chart-key{display:inline-block;width:1.5rem;height:.75rem;vertical-align:-1px}
.gc-pair-columns{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:16px;align-items:start}
@media (max-width:999px){.gc-pair-columns{grid-template-columns:minmax(0,1fr)}}
.gc-scroll{overflow:auto;max-height:24rem}
.gc-numbers{border-collapse:collapse;width:100%}
.gc-numbers th,.gc-numbers td{padding:2px 8px;text-align:end;border-top:1px solid var(--gc-line);font-weight:400;white-space:nowrap}
.gc-numbers :is(th,td):first-child{text-align:start;padding-inline-start:0}
.gc-numbers thead th{font-weight:600;font-size:.75rem;border-top:0}
@media (forced-colors:active){.gc-chart-line,.gc-chart-line[data-of=p50]{stroke:CanvasText}.gc-chart-down,.gc-chart-loss,.gc-chart-release{fill:Highlight}.gc-chart-usual{fill:none;stroke:GrayText}}
`;
