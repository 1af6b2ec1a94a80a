/** One line of metrics text. */
export interface MetricSample {
  name: string;
  labels: Record<string, string>;
  /** May be NaN, infinite or negative: whoever uses it decides. */
  value: number;
}

const NAME = /[a-zA-Z_:][\w:]*/y;
/**
 * Without blanks and escapes, as nearly all are. It is tried first, and cut by
 * hand: what an expression captures costs three times as much.
 */
const PLAIN_LABEL = /[a-zA-Z_]\w*="[^"\\]*"(?=[,}])/y;
const LABEL = /[ \t]*([a-zA-Z_]\w*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(,?)/y;
const VALUE =
  /[ \t]+[+-]?(?:Inf|inf|NaN|nan|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?=[ \t]|$)/y;
/** Prometheus has 64 at most by default where it was told to have limits at all. */
const MOST_LABELS = 64;

const ESCAPES: Record<string, string> = { n: '\n', '"': '"', '\\': '\\' };

function unescape(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(.)/g, (all, letter) => ESCAPES[letter] ?? all)
    : text;
}

/**
 * Has nothing of JavaScript's own objects, as one that is made without a
 * prototype; each of those is a hash table, and a text has thousands.
 */
const Labels = function create() {} as unknown as {
  new (): MetricSample['labels'];
  prototype: object;
};
Labels.prototype = Object.create(null);

function parseValue(text: string): number {
  const number = Number(text);
  if (!Number.isNaN(number)) return number;
  const plain = text.toLowerCase();
  if (plain.endsWith('inf')) return plain[0] === '-' ? -Infinity : Infinity;
  return NaN;
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
  if (!NAME.test(line)) return line.trim() === '' ? undefined : 'fault';
  const name = line.slice(0, NAME.lastIndex);
  if (!isWanted(name)) return undefined;
  const labels = new Labels();
  let at = NAME.lastIndex;
  if (line[at] === '{') {
    at += 1;
    for (let count = 0; ; count += 1) {
      PLAIN_LABEL.lastIndex = at;
      if (count < MOST_LABELS && PLAIN_LABEL.test(line)) {
        const end = PLAIN_LABEL.lastIndex;
        const equals = line.indexOf('=', at);
        labels[line.slice(at, equals)] = line.slice(equals + 2, end - 1);
        at = end;
        if (line[at] === '}') break;
        at += 1;
        continue;
      }
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
      const value = findValue(` ${line.slice(at)}`, 0);
      return value === undefined ? 'fault' : { name, labels, value };
    }
  }
  const value = findValue(line, at);
  return value === undefined ? 'fault' : { name, labels, value };
}

function findValue(line: string, at: number): number | undefined {
  VALUE.lastIndex = at;
  return VALUE.test(line)
    ? parseValue(line.slice(at, VALUE.lastIndex).trim())
    : undefined;
}
