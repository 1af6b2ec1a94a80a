import { createHmac } from 'node:crypto';
import { Document, parseAllDocuments, stringify, visit } from 'yaml';

/** What stands where a value of a Secret stood. */
export const MASK = '***';

/** A file as it may be shown. */
export interface MaskedContent {
  content: Buffer;
  /** Present where something was replaced; see ReleaseFile. */
  hash?: string;
}

/** In a text that isn't YAML, or is a value: a manifest of a Secret inside it. */
const SECRET_KIND = /kind["'\\]*\s*:\s*["'\\]*\s*secret(?![a-z])/i;

/**
 * Replaces the values of Kubernetes Secrets in a manifest: `data` and
 * `stringData` of any object of that kind, however deep in a List or in
 * another document of the file, and every text that itself holds such a
 * manifest (an annotation of kubectl's, for one). What can't be read with
 * certainty and speaks of a Secret is masked whole, and so is a document with a
 * Secret and an alias: the value may stand elsewhere in it. A document that was
 * changed is written anew and loses its comments, which may repeat the values.
 *
 * @param key - for the hash of what was replaced
 */
export function maskSecrets(content: Buffer, key: Buffer): MaskedContent {
  const text = decode(content);
  if (!mayHoldSecret(text)) return { content };
  const masked = maskText(text);
  if (masked === undefined) return { content };
  const hash = createHmac('sha256', key);
  hash.update(JSON.stringify(masked.values));
  return { content: Buffer.from(masked.text), hash: hash.digest('hex') };
}

/** A kind may also be written with escapes, or in base64. */
function mayHoldSecret(text: string): boolean {
  return /secret|!!binary/i.test(text) || text.includes('\\');
}

interface Masked {
  text: string;
  values: unknown[];
}

/** UTF-16 is YAML as well, and Kubernetes' tools read it. */
function decode(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) {
    return content.toString('utf16le');
  }
  if (content[0] === 0xfe && content[1] === 0xff) {
    const even = content.subarray(0, content.length & ~1);
    return Buffer.from(even).swap16().toString('utf16le');
  }
  return content.toString('utf8');
}

function maskWhole(text: string): Masked {
  return { text: `${MASK}\n`, values: [text] };
}

/** What can't be read may still be a Secret to a reader that is less strict. */
function maskUnreadable(text: string): Masked | undefined {
  const speaksOfIt = /kind/i.test(text) && /secret/i.test(text);
  return speaksOfIt || text.includes('\\') || text.includes('!!binary')
    ? maskWhole(text)
    : undefined;
}

function maskText(text: string): Masked | undefined {
  if (text.includes('!!binary')) return maskWhole(text);
  let documents: Document.Parsed[];
  try {
    // A key that stands twice is an error: one reader takes the first of them,
    // another the last.
    const parsed = parseAllDocuments(text, {
      merge: true,
      uniqueKeys: true,
      logLevel: 'silent',
    });
    documents = 'empty' in parsed ? [] : (parsed as Document.Parsed[]);
  } catch {
    return maskUnreadable(text);
  }
  if (documents.some(document => document.errors.length > 0)) {
    return maskUnreadable(text);
  }
  const values: unknown[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const document of documents) {
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 100 });
    } catch {
      return maskWhole(text);
    }
    const found: unknown[] = [];
    const masked = maskValue(value, found);
    const [start, , end] = document.range;
    if (found.length > 0) {
      const whole = hasAlias(document);
      values.push(...(whole ? [value] : found));
      parts.push(`---\n${whole ? `${MASK}\n` : stringify(masked)}`);
    } else {
      parts.push(text.slice(Math.min(at, start), end));
    }
    at = end;
  }
  return values.length > 0 ? { text: parts.join(''), values } : undefined;
}

function hasAlias(document: Document.Parsed): boolean {
  let found = false;
  visit(document, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function maskValue(value: unknown, found: unknown[]): unknown {
  if (typeof value === 'string') {
    if (!SECRET_KIND.test(value)) return value;
    found.push(value);
    return MASK;
  }
  if (Array.isArray(value)) return value.map(each => maskValue(each, found));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const isSecret = entries.some(
    ([name, kind]) =>
      name === 'kind' &&
      typeof kind === 'string' &&
      kind.trim().toLowerCase() === 'secret',
  );
  return Object.fromEntries(
    entries.map(([name, each]) => [
      name,
      isSecret && (name === 'data' || name === 'stringData')
        ? maskAll(each, found)
        : maskValue(each, found),
    ]),
  );
}

function maskAll(value: unknown, found: unknown[]): unknown {
  if (value === null || value === undefined) return value;
  if (typeof value !== 'object' || Array.isArray(value)) {
    found.push(value);
    return MASK;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      found.push([name, each]);
      return [name, MASK];
    }),
  );
}
