import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { PolicyLevelRules } from '@ground-control/backstage-plugin-ground-control-common';

/** A level of `ground-control.yaml` as it is written. */
export interface WrittenSection {
  /** The lines of it, its key included; empty where there is none. */
  text: string;
  /** Of the key, from 1. */
  line?: number;
  /** As values; what is empty says nothing. */
  says: PolicyLevelRules;
}

/**
 * Reads one level of a file that readPolicyFile found no fault with: there are
 * neither references to other parts nor two keys of a name in it.
 */
export function readSection(
  content: Buffer,
  path: readonly string[],
): WrittenSection {
  const lines = new LineCounter();
  const source = content.toString('utf8');
  const document = parseDocument(source, { lineCounter: lines });
  let at: unknown = document.contents;
  let start: number | undefined;
  for (const part of path) {
    const pair = isMap(at)
      ? at.items.find(({ key }) => isScalar(key) && key.value === part)
      : undefined;
    if (!pair) return { text: '', says: {} };
    start = isNode(pair.key) ? pair.key.range?.[0] : start;
    at = pair.value;
  }
  const line = start === undefined ? 1 : lines.linePos(start).line;
  const end = isNode(at) ? at.range?.[1] ?? start : start;
  const lastLine =
    end === undefined ? line : lines.linePos(Math.max(end - 1, 0)).line;
  const text = source
    .split('\n')
    .slice(line - 1, Math.max(lastLine, line))
    .join('\n');
  const says = isMap(at) ? (at.toJS(document) as PolicyLevelRules) : {};
  return { text, line, says };
}
