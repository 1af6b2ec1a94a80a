/**
 * Colours and type. Every pair of glyph or text on card and page has at least
 * 4.5:1 (lines and rings 3:1), in light and dark; a test computes them. A
 * theme may set any `--gc-*` variable on `.gc-root`; nothing is derived from
 * the host's status colours, because those don't reach these ratios.
 */
export const LIGHT_TOKENS: Record<string, string> = {
  page: '#F5F5F5',
  card: '#FFFFFF',
  text: '#1B1F24',
  quiet: '#5B6470',
  line: '#D5D9DE',
  control: '#7A828C',
  focus: '#1F5493',
  link: '#1F5493',
  ok: '#00695C',
  warn: '#966400',
  'warn-fill': '#FFEBB0',
  'warn-ink': '#3D2500',
  high: '#963000',
  'high-fill': '#F9A678',
  'high-ink': '#3A1200',
  bad: '#8F1D2C',
  'bad-fill': '#8F1D2C',
  'bad-ink': '#FFFFFF',
  rolling: '#1D5FA8',
  'rolling-fill': '#D6E8FF',
  'rolling-ink': '#0B2C55',
  stale: '#5B6470',
  'stale-fill': '#E4E7EB',
  'stale-ink': '#3A414A',
  hover: '#EEF1F4',
  'diff-add': '#E6F4F1',
  'diff-remove': '#FCE9E4',
  'diff-ink': '#1B1F24',
};

export const DARK_TOKENS: Record<string, string> = {
  page: '#333333',
  card: '#424242',
  text: '#FFFFFF',
  quiet: '#C4CAD2',
  line: '#5E5E5E',
  control: '#A1A1A1',
  focus: '#9CC9FF',
  link: '#9CC9FF',
  ok: '#4FE0CD',
  warn: '#FFD98A',
  'warn-fill': '#66500F',
  'warn-ink': '#FFF3CF',
  high: '#FF9152',
  'high-fill': '#D0742F',
  'high-ink': '#1E0C00',
  bad: '#FF8FA0',
  'bad-fill': '#FF8FA0',
  'bad-ink': '#2A0008',
  rolling: '#9CC9FF',
  'rolling-fill': '#1E4468',
  'rolling-ink': '#DCEEFF',
  stale: '#C4CAD2',
  'stale-fill': '#505050',
  'stale-ink': '#EDEFF2',
  hover: '#4D4D4D',
  'diff-add': '#1F4A44',
  'diff-remove': '#5A3328',
  'diff-ink': '#FFFFFF',
};

/** Tokens as CSS declarations. */
export function formatTokens(tokens: Record<string, string>): string {
  return Object.entries(tokens)
    .map(([name, value]) => `--gc-${name}:${value};`)
    .join('');
}
