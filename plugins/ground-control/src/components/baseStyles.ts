import { DARK_TOKENS, formatTokens, LIGHT_TOKENS } from './tokens';

/**
 * What cards and pages need: tokens, type, buttons, chips. `:where` keeps the
 * tokens weaker than a theme's own `.gc-root {}`.
 */
export const baseStyles = `
:where(.gc-root){${formatTokens(LIGHT_TOKENS)}}
:where([data-theme-mode=dark] .gc-root:not([data-gc-theme])),
:where(.gc-root[data-gc-theme=dark]){${formatTokens(DARK_TOKENS)}}
.gc-root{position:relative;color:var(--gc-text);font:.875rem/1.25rem system-ui,sans-serif;font-variant-numeric:tabular-nums}
.gc-root *,.gc-root *::before{box-sizing:border-box}
.gc-root h2,.gc-root h3,.gc-root h4{margin:0;font-size:1rem;line-height:1.5rem;font-weight:600;color:inherit}
.gc-root h3,.gc-root h4{font-size:.875rem;line-height:1.25rem}
.gc-root :where(p,dl,dd,ul,ol,pre){margin:0;padding:0}
.gc-root :where(ul,ol){list-style:none}
.gc-root a{color:var(--gc-link);text-decoration:underline;text-underline-offset:2px}
.gc-root a:hover{text-decoration-thickness:2px}
.gc-root :focus-visible{outline:2px solid var(--gc-focus);outline-offset:1px}
.gc-mono{font:.75rem/1rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.gc-quiet{color:var(--gc-quiet)}
.gc-small{font-size:.75rem;line-height:1rem}
.gc-strong{font-weight:600}
.gc-hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.gc-row{display:flex;flex-wrap:wrap;align-items:center;gap:4px 8px;position:relative;min-width:0}
.gc-stack{display:flex;flex-direction:column;gap:16px;min-width:0}
.gc-stack-tight{display:flex;flex-direction:column;gap:4px;min-width:0}
.gc-spread{justify-content:space-between}
.gc-clip{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min-width:0}
.gc-wrap{overflow-wrap:anywhere}
.gc-age{min-width:1.75rem;white-space:nowrap;flex:none}
.gc-glyph{flex:none;width:.875rem;height:.875rem;display:inline-block;vertical-align:-.125rem}
.gc-ok{color:var(--gc-ok)}.gc-warn{color:var(--gc-warn)}.gc-high{color:var(--gc-high)}
.gc-bad{color:var(--gc-bad)}.gc-rolling{color:var(--gc-rolling)}.gc-stale{color:var(--gc-stale)}
.gc-chip{position:relative;display:inline-flex;align-items:center;gap:4px;padding:0 6px;border:1px solid var(--gc-control);border-radius:4px;font-size:.75rem;line-height:1.125rem;white-space:nowrap}
.gc-chip-wrap{flex-wrap:wrap;white-space:normal;gap:0 4px}
.gc-chip-warn{background:var(--gc-warn-fill);color:var(--gc-warn-ink);border-color:transparent}
.gc-chip-bad{color:var(--gc-bad);border-color:currentColor}
.gc-chip-info{background:var(--gc-rolling-fill);color:var(--gc-rolling-ink);border-color:transparent}
.gc-button{font:inherit;color:inherit;background:var(--gc-card);border:1px solid var(--gc-control);border-radius:4px;min-height:32px;padding:4px 10px;max-width:100%}
.gc-button{cursor:pointer;display:inline-flex;align-items:center;gap:6px}
.gc-root a.gc-button{color:inherit;text-decoration:none}
.gc-button:hover{background:var(--gc-hover)}
.gc-button[aria-disabled=true]{opacity:.6;cursor:default}
.gc-button-bare{border-color:transparent;background:none;padding:4px 6px;min-height:24px;min-width:24px}
.gc-banner{display:flex;flex-wrap:wrap;gap:8px;align-items:center;padding:8px 12px;border:1px solid var(--gc-control);border-radius:4px;background:var(--gc-card)}
.gc-banner-warn{background:var(--gc-warn-fill);color:var(--gc-warn-ink);border-color:transparent}
.gc-banner .gc-button{color:var(--gc-text)}
.gc-state{display:flex;flex-direction:column;align-items:flex-start;gap:8px;padding:24px 16px;background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px}
.gc-skeleton{background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px;overflow:hidden}
.gc-skeleton>div{display:flex;align-items:center;padding:0 16px;border-bottom:1px solid var(--gc-line)}
.gc-skeleton>div::before{content:"";height:10px;width:60%;border-radius:4px;background:var(--gc-stale-fill)}
.gc-skeleton>div:nth-child(3n)::before{width:45%}
.gc-skeleton>div:nth-child(3n+1)::before{width:75%}
.gc-skeleton-quiet{visibility:hidden}
.gc-root .gc-hatch{background:repeating-linear-gradient(135deg,var(--gc-stale-fill) 0 6px,transparent 6px 10px);font-style:italic}
@media (pointer:coarse){.gc-button{min-height:44px}.gc-button-bare{min-width:44px}}
@media (forced-colors:active){.gc-glyph{color:CanvasText}.gc-chip,.gc-banner{border-color:CanvasText}.gc-skeleton>div::before{border:1px solid GrayText}.gc-button[aria-disabled=true]{color:GrayText;opacity:1}}
`;
