import { readFileSync, statSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { z, ZodIssue, ZodTypeAny } from 'zod';
import { ConfigFault, type Problem } from './ConfigFault.ts';

/** Ten thousand targets fit. */
const MAX_BYTES = 4 * 1024 * 1024;

type Path = (string | number)[];

function formatPath(path: Path): string {
  return path
    .map((part, i) =>
      typeof part === 'number' ? `[${part}]` : `${i ? '.' : ''}${part}`,
    )
    .join('');
}

/** The deepest node on the way that is written: what is missing isn't. */
function findNode(document: Document, path: Path): Node | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node =
      length === 0
        ? document.contents
        : document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return undefined;
}

function findKey(document: Document, path: Path, key: string) {
  const map = findNode(document, path);
  const pair =
    isMap(map) &&
    map.items.find(item => isScalar(item.key) && item.key.value === key);
  return pair ? (pair.key as Node) : map;
}

function describeIssue(
  issue: ZodIssue,
  document: Document,
  place: (offset?: number) => Pick<Problem, 'line' | 'column'>,
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      ...place(findKey(document, issue.path, key)?.range?.[0]),
      path: formatPath([...issue.path, key]),
      reason: 'is no key that is known here',
    }));
  }
  return [
    {
      ...place(findNode(document, issue.path)?.range?.[0]),
      path: formatPath(issue.path),
      reason:
        issue.code === 'invalid_type' && issue.message === 'Required'
          ? 'is missing'
          : issue.message,
    },
  ];
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MAX_BYTES) {
      throw new ConfigFault(file, [{ reason: 'is larger than 4 MiB' }]);
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ConfigFault) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigFault(file, [{ reason: `can't be read (${code})` }]);
  }
}

/** What was read, and where each part of it stands. */
export interface ReadYaml<T> {
  value: T;
  /** A fault of one part, by its path in the file. */
  fault(path: Path, reason: string): ConfigFault;
}

/**
 * Reads a YAML file of a schema.
 *
 * @throws ConfigFault with the line and reason of all that is wrong
 */
export function readYaml<S extends ZodTypeAny>(
  file: string,
  schema: S,
): ReadYaml<z.output<S>> {
  const lines = new LineCounter();
  // Pretty errors repeat the line, and with it what may be a secret.
  const document = parseDocument(readText(file), {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const place = (offset?: number) => {
    if (offset === undefined) return {};
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    throw new ConfigFault(
      file,
      document.errors.map(({ pos, code, message }) => ({
        ...place(pos[0]),
        reason: `isn't YAML: ${
          code === 'UNEXPECTED_TOKEN' || message.includes('"')
            ? code.toLowerCase().replaceAll('_', ' ')
            : message
        }`,
      })),
    );
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 50 });
  } catch {
    throw new ConfigFault(file, [{ reason: 'has aliases that make it huge' }]);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    throw new ConfigFault(
      file,
      parsed.error.issues.flatMap(issue =>
        describeIssue(issue, document, place),
      ),
    );
  }
  return {
    value: parsed.data,
    fault: (path, reason) =>
      new ConfigFault(file, [
        {
          ...place(findNode(document, path)?.range?.[0]),
          path: formatPath(path),
          reason,
        },
      ]),
  };
}
