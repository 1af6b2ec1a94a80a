export const matrixStyles = `
.gc-matrix-scroll{overflow:auto;max-height:80vh;border:1px solid var(--gc-line);border-radius:8px;background:var(--gc-card);max-width:100%;width:fit-content}
.gc-matrix{border-collapse:separate;border-spacing:0}
.gc-matrix th,.gc-matrix td{position:relative;padding:0;border:solid var(--gc-line);border-width:0 1px 1px 0;font-weight:400}
.gc-matrix tr>:last-child{border-right:0}
.gc-matrix tbody tr:last-child>*{border-bottom:0}
.gc-matrix th,.gc-matrix thead td{background:var(--gc-card);font-size:.75rem;line-height:1rem;padding:4px 8px;text-align:start;white-space:nowrap}
.gc-matrix thead>tr>*{position:sticky;z-index:2;inset-block-start:0;vertical-align:bottom}
.gc-matrix tr>:first-child{position:sticky;z-index:1;inset-inline-start:0}
.gc-matrix thead tr>:first-child{z-index:3}
.gc-matrix tbody td{width:112px;min-width:112px;height:44px;padding:2px 8px;line-height:1rem;white-space:nowrap;vertical-align:middle;cursor:pointer}
.gc-matrix[data-lens][data-size=full] tbody td{min-width:148px}
.gc-matrix td small{display:block;font-size:.6875rem;line-height:.875rem}
.gc-matrix td>.gc-glyph{margin-inline-end:2px}
.gc-matrix td:is([data-state=not-linked],[data-state=hidden],:not([data-at])){cursor:default}
.gc-matrix tbody td:not([data-at]){background:linear-gradient(to top right,transparent calc(50% - 1px),var(--gc-line) 50%,transparent calc(50% + 1px))}
.gc-matrix[data-size=compact]{--gc-cell:40px;table-layout:fixed}
.gc-matrix[data-size=compact] col:first-child{width:11rem}
.gc-matrix[data-size=compact] tbody th{overflow:hidden;text-overflow:ellipsis}
.gc-matrix[data-size=compact] tbody td{width:var(--gc-cell);min-width:0;height:28px;position:static;padding:0 2px;font-size:.6875rem;text-align:center}
.gc-matrix[data-size=compact] td>.gc-glyph{width:.625rem;height:.625rem;margin-inline-end:1px}
.gc-matrix[data-size=compact] thead th{writing-mode:vertical-rl;padding:6px 4px;max-height:11rem}
.gc-matrix :is(tr,col)[data-on],.gc-matrix tr[data-on]>th,.gc-matrix th[data-on]{background:var(--gc-hover)}
.gc-matrix th[data-on],.gc-matrix tr[data-on]>th{font-weight:600}
.gc-root .gc-matrix td:focus-visible{outline:3px solid var(--gc-focus);outline-offset:-3px;z-index:1}
.gc-matrix td[data-back]{box-shadow:inset 0 0 0 2px var(--gc-text)}
.gc-matrix td[data-step] .gc-glyph{color:inherit}
.gc-root .gc-matrix td[data-step]{color:var(--gc-text);background:none}
.gc-root .gc-matrix td[data-step='1']{background:color-mix(in srgb,var(--gc-rolling) 8%,transparent)}
.gc-root .gc-matrix td[data-step='2']{background:color-mix(in srgb,var(--gc-rolling) 16%,transparent)}
.gc-root .gc-matrix td[data-step='3']{background:color-mix(in srgb,var(--gc-rolling) 24%,transparent)}
.gc-root .gc-matrix td[data-step='4']{background:color-mix(in srgb,var(--gc-rolling) 32%,transparent)}
.gc-root .gc-matrix td[data-step='5']{background:color-mix(in srgb,var(--gc-rolling) 40%,transparent)}
.gc-matrix td>b{float:inline-end;font-size:.6875rem;line-height:.875rem;padding:0 4px;border:1px solid currentColor;border-radius:4px}
.gc-matrix td>i{float:inline-end;font-size:.6875rem;line-height:.875rem;font-style:normal}
.gc-matrix-status{min-height:2rem}
.gc-root .gc-banner-warn a{color:inherit}
.gc-checks-one{display:flex;align-items:center;gap:6px;min-height:32px}
@media (max-width:599px){.gc-matrix tbody th{max-width:8rem;overflow:hidden;text-overflow:ellipsis}}
@media (pointer:coarse){.gc-matrix[data-size=compact]{--gc-cell:44px}.gc-matrix[data-size=compact] tbody td{height:44px}.gc-checks-one{min-height:44px}}
@media (forced-colors:active){.gc-matrix td[data-back]{outline:2px dashed Highlight;outline-offset:-3px}.gc-matrix tr[data-on]>th,.gc-matrix th[data-on]{text-decoration:underline}}
`;
