/** One line of metrics text. */
export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  /** May be NaN, infinite or negative: whoever uses it decides. */
  value: number;
}

const NAME = /[a-zA-Z_:][\w:]*/y;
const LABEL = /[ \t]*([a-zA-Z_]\w*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(,?)/y;
const VALUE =
  /[ \t]+([+-]?(?:Inf|inf|NaN|nan|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))(?=[ \t]|$)/y;
/** Prometheus has 64 at most by default where it was told to have limits at all. */
const MOST_LABELS = 64;

const ESCAPES: Record<string, string> = { n: '\n', '"': '"', '\\': '\\' };

function unescape(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(.)/g, (all, letter) => ESCAPES[letter] ?? all)
    : text;
}

function parseValue(text: string): number {
  const plain = text.toLowerCase();
  if (plain.endsWith('inf')) return plain[0] === '-' ? -Infinity : Infinity;
  return plain.endsWith('nan') ? NaN : Number(text);
}

/**
 * Reads a line of metrics as Prometheus and OpenMetrics write them. Timestamps
 * and exemplars behind the value are left out.
 *
 * @param isWanted - by its name; others aren't read further
 * @returns undefined for a comment, an empty line, or one that isn't wanted;
 * `fault` for what isn't a line of metrics
 */
export function parseMetricLine(
  line: string,
  isWanted: (name: string) => boolean,
): MetricSample | 'fault' | undefined {
  if (line === '' || line[0] === '#') return undefined;
  NAME.lastIndex = 0;
  const name = NAME.exec(line)?.[0];
  if (name === undefined) return line.trim() === '' ? undefined : 'fault';
  if (!isWanted(name)) return undefined;
  const labels: Record<string, string> = Object.create(null);
  let at = NAME.lastIndex;
  if (line[at] === '{') {
    at += 1;
    for (let count = 0; ; count += 1) {
      LABEL.lastIndex = at;
      const label = LABEL.exec(line);
      if (!label) break;
      if (count >= MOST_LABELS) return 'fault';
      labels[label[1]] = unescape(label[2]);
      at = LABEL.lastIndex;
      if (label[3] === '') break;
    }
    while (line[at] === ' ' || line[at] === '\t') at += 1;
    if (line[at] !== '}') return 'fault';
    at += 1;
    if (line[at] !== ' ' && line[at] !== '\t') {
      // A value may follow the brace at once.
      const value = parseBehindBrace(line.slice(at));
      return value === undefined ? 'fault' : { name, labels, value };
    }
  }
  VALUE.lastIndex = at;
  const value = VALUE.exec(line);
  return value ? { name, labels, value: parseValue(value[1]) } : 'fault';
}

function parseBehindBrace(rest: string): number | undefined {
  VALUE.lastIndex = 0;
  const value = VALUE.exec(` ${rest}`);
  return value ? parseValue(value[1]) : undefined;
}
