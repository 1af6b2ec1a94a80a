/** Says which line of a file can't be read, as kustomize does. */
export class YamlError extends Error {
  constructor(line: number, what: string) {
    super(`yaml: line ${line}: ${what}`);
    this.name = 'YamlError';
  }
}

interface Line {
  number: number;
  indent: number;
  text: string;
}

const KEY =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#&*!|>%@`{}[\],?:-][^#]*?|-[^\s#][^#]*?):(?:\s+(.*))?$/;
const NUMBER = /^[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/;

function scalar(text: string, line: number): unknown {
  if (text.startsWith('"')) {
    try {
      return JSON.parse(text.replace(/\s+#.*$/, ''));
    } catch {
      throw new YamlError(line, 'found unexpected end of a quoted text');
    }
  }
  if (text.startsWith("'")) {
    const [, inner] = /^'((?:[^']|'')*)'(?:\s+#.*)?$/.exec(text) ?? [];
    if (inner === undefined) {
      throw new YamlError(line, 'found unexpected end of a quoted text');
    }
    return inner.replaceAll("''", "'");
  }
  const plain = text.replace(/\s+#.*$/, '');
  switch (plain) {
    case '':
    case '~':
    case 'null':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
    default:
  }
  if (NUMBER.test(plain)) {
    return Number(plain);
  }
  if (/^[[{]/.test(plain)) {
    // JSON is YAML too; other flow forms aren't ours to understand.
    try {
      return JSON.parse(plain);
    } catch {
      throw new YamlError(line, 'did not find expected flow entry');
    }
  }
  if (/^[&*!%@`|>]/.test(plain) || plain.includes(': ')) {
    throw new YamlError(line, 'mapping values are not allowed in this context');
  }
  return plain;
}

/** Reads one document: a cursor over its lines. */
class Reader {
  private readonly lines: Line[];
  private readonly raw: string[];
  private at = 0;

  constructor(raw: string[], lines: Line[]) {
    this.raw = raw;
    this.lines = lines;
  }

  read(): unknown {
    if (this.lines.length === 0) {
      return undefined;
    }
    const value = this.block(this.lines[0].indent);
    const rest = this.lines[this.at];
    if (rest) {
      throw new YamlError(rest.number, 'did not find expected key');
    }
    return value;
  }

  private block(indent: number): unknown {
    const { text } = this.lines[this.at];
    if (text === '-' || text.startsWith('- ')) {
      return this.sequence(indent);
    }
    if (KEY.test(text)) {
      return this.mapping(indent);
    }
    const line = this.lines[this.at];
    this.at += 1;
    return scalar(text, line.number);
  }

  private sequence(indent: number): unknown[] {
    const items: unknown[] = [];
    for (;;) {
      const line = this.lines[this.at];
      if (!line || line.indent !== indent || !/^-( |$)/.test(line.text)) {
        return items;
      }
      const rest = line.text.slice(1).trimStart();
      if (rest === '') {
        this.at += 1;
        items.push(this.nested(indent));
      } else {
        // What follows the dash is a block of its own, further right.
        line.indent += line.text.length - rest.length;
        line.text = rest;
        items.push(this.block(line.indent));
      }
    }
  }

  private mapping(indent: number): Record<string, unknown> {
    const entries: Record<string, unknown> = {};
    for (;;) {
      const line = this.lines[this.at];
      if (!line || line.indent !== indent || /^-( |$)/.test(line.text)) {
        if (line && line.indent > indent) {
          throw new YamlError(line.number, 'did not find expected key');
        }
        return entries;
      }
      const [, rawKey, rest = ''] = KEY.exec(line.text) ?? [];
      if (rawKey === undefined) {
        throw new YamlError(line.number, "could not find expected ':'");
      }
      const key = String(scalar(rawKey, line.number));
      this.at += 1;
      let value: unknown;
      if (rest === '' || rest.startsWith('#')) {
        value = this.nested(indent, true);
      } else if (/^[|>][-+]?$/.test(rest)) {
        value = this.text(line, rest);
      } else {
        value = scalar(rest, line.number);
      }
      Object.defineProperty(entries, key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }

  /** The block below a key or dash; a list may stand as far left as its key. */
  private nested(indent: number, listMayAlign = false): unknown {
    const next = this.lines[this.at];
    if (next && next.indent > indent) {
      return this.block(next.indent);
    }
    if (listMayAlign && next?.indent === indent && /^-( |$)/.test(next.text)) {
      return this.sequence(indent);
    }
    return null;
  }

  private text(head: Line, style: string): string {
    const texts: string[] = [];
    let margin = 0;
    let number = head.number;
    for (; number < this.raw.length; number++) {
      const raw = this.raw[number];
      const indent = raw.length - raw.trimStart().length;
      if (raw.trim() !== '') {
        margin ||= indent;
        if (indent < margin || indent <= head.indent) {
          break;
        }
      }
      texts.push(raw.slice(margin));
    }
    while (this.lines[this.at] && this.lines[this.at].number <= number) {
      this.at += 1;
    }
    while (texts.length > 0 && texts[texts.length - 1] === '') {
      texts.pop();
    }
    const joined = texts.join(style.startsWith('|') ? '\n' : ' ');
    return style.endsWith('-') ? joined : `${joined}\n`;
  }
}

/**
 * Reads as much of YAML as manifests use: block mappings and lists, quoted and
 * plain values, block texts, JSON, several documents. Throws YamlError for the
 * rest, such as anchors.
 */
export function readYaml(text: string): unknown[] {
  const documents: unknown[] = [];
  const raw = text.split(/\r?\n/);
  let lines: Line[] = [];
  const finish = () => {
    const value = new Reader(raw, lines).read();
    if (value !== undefined && value !== null) {
      documents.push(value);
    }
    lines = [];
  };
  for (const [index, line] of raw.entries()) {
    if (/^---(\s|$)/.test(line)) {
      finish();
    } else if (/^\s*(#|$)/.test(line)) {
      // Nothing stands here.
    } else if (/^ *\t/.test(line)) {
      throw new YamlError(
        index + 1,
        'found character that cannot start any token',
      );
    } else {
      const trimmed = line.trimStart();
      lines.push({
        number: index + 1,
        indent: line.length - trimmed.length,
        text: trimmed.trimEnd(),
      });
    }
  }
  finish();
  return documents;
}
