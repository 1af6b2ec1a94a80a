import {
  CST,
  Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Node,
  Pair,
  parseDocument,
  YAMLSeq,
} from 'yaml';

/** The lists of the gateway's file. */
export type EntryList = 'targets' | 'ingress';

/** A piece of a text, and what stands there instead. */
export interface Splice {
  from: number;
  to: number;
  text: string;
}

const INDENT = '  ';

/** Where what a node says ends; what only separates it from the next is no part. */
function endOf(text: string, node: unknown, least: number): number {
  if (!isNode(node) || !node.range) return least;
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    if (!last) return least;
    const keyEnd = endOf(text, last.key, least);
    return endOf(text, last.value, keyEnd);
  }
  let end = node.range[1];
  while (end > least && /\s/.test(text[end - 1])) end -= 1;
  return Math.max(end, least);
}

/**
 * The gateway's file as a text in which lines of entries come and go. It says
 * which one piece of it has to change, so that every other byte stays; whether
 * the file then says what it should is for the caller to look at.
 */
export class EntriesText {
  readonly #document: Document.Parsed;
  /** As the file has them. */
  readonly #eol: string;

  constructor(readonly text: string) {
    this.#document = parseDocument(text, {
      keepSourceTokens: true,
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: false,
      stringKeys: true,
    });
    this.#eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  }

  /** What the entries of a list say, as far as they are keys with values. */
  values(list: EntryList): Array<Record<string, unknown> | undefined> {
    const value = this.#find(list)?.value;
    return isSeq(value)
      ? value.items.map(item =>
          isMap(item) ? item.toJS(this.#document) : undefined,
        )
      : [];
  }

  /** @returns undefined where there is no place for it */
  insert(list: EntryList, lines: string[]): Splice | undefined {
    const pair = this.#find(list);
    if (!pair) {
      const body = this.#formatItem(lines, INDENT, 2);
      return this.#insertLines(this.text.length, [`${list}:`, ...body]);
    }
    const { value } = pair;
    if (!isSeq<Node>(value)) return this.#insertFirst(pair, lines);
    if (value.flow) return insertIntoFlow(value, lines);
    const last = this.#blockItem(value, value.items.length - 1);
    if (!last) return undefined;
    const item = value.items[value.items.length - 1];
    const start = isMap(item) ? item.range?.[0] : undefined;
    const onLine = this.text.slice(last.dash, start);
    const width = /^-[ ]+$/.test(onLine) ? onLine.length : 2;
    const indent = this.text.slice(last.from, last.dash);
    return this.#insertLines(last.to, this.#formatItem(lines, indent, width));
  }

  /** @returns undefined where it can't be taken out alone */
  remove(list: EntryList, index: number): Splice | undefined {
    const pair = this.#find(list);
    const value = pair?.value;
    if (!pair || !isSeq<Node>(value)) return undefined;
    if (value.flow) return this.#removeFromFlow(value, index);
    const item = this.#blockItem(value, index);
    if (!item) return undefined;
    const { to } = item;
    const from =
      value.items.length === 1 ? this.#startOfList(pair, item) : item.from;
    // The last line of a file that ends without a line break had none before.
    const isLast = to === this.text.length && !this.text.endsWith('\n');
    const breakBefore = /\r?\n$/.exec(this.text.slice(0, from))?.[0] ?? '';
    return { from: isLast ? from - breakBefore.length : from, to, text: '' };
  }

  apply({ from, to, text }: Splice): string {
    return this.text.slice(0, from) + text + this.text.slice(to);
  }

  #find(list: EntryList): Pair<Node, Node | null> | undefined {
    const { contents } = this.#document;
    return isMap<Node, Node | null>(contents)
      ? contents.items.find(({ key }) => isScalar(key) && key.value === list)
      : undefined;
  }

  /**
   * A list that has only its key keeps that when it is emptied again: therefore
   * its first entry isn't indented, and that of a list without a key is.
   */
  #insertFirst(
    { key, value }: Pair<Node, Node | null>,
    lines: string[],
  ): Splice | undefined {
    const at = key.range?.[0];
    const says = value?.range && value.range[0] !== value.range[1];
    if (at === undefined || says) return undefined;
    const indent = this.text.slice(this.#lineStart(at), at);
    return this.#insertLines(
      this.#lineEnd(at),
      this.#formatItem(lines, indent, 2),
    );
  }

  /** With the line of the key, where nothing else of the file is lost by that. */
  #startOfList(
    { key }: Pair<Node, Node | null>,
    item: { from: number; dash: number },
  ): number {
    const [at, end] = key.range!;
    const line = this.#lineStart(at);
    const isBare = /^[ \t]*:[ \t]*\r?\n$/.test(this.text.slice(end, item.from));
    const isIndented = item.dash - item.from > at - line;
    return isBare && isIndented ? line : item.from;
  }

  #blockItem(list: YAMLSeq<Node>, index: number) {
    const token = list.srcToken as CST.BlockSequence | undefined;
    const dash = token?.items[index]?.start.find(
      ({ type }) => type === 'seq-item-ind',
    )?.offset;
    if (dash === undefined) return undefined;
    const from = this.#lineStart(dash);
    if (this.text.slice(from, dash).trim() !== '') return undefined;
    const end = endOf(this.text, list.items[index], dash + 1);
    return { dash, from, to: this.#lineEnd(end) };
  }

  #removeFromFlow(list: YAMLSeq<Node>, index: number): Splice | undefined {
    const ranges = list.items.map(item => item.range);
    const [before, own, after] = [index - 1, index, index + 1].map(
      at => ranges[at],
    );
    if (!own) return undefined;
    const piece = () => {
      if (before) return { from: before[1], to: own[1] };
      return { from: own[0], to: after ? after[0] : own[1] };
    };
    const { from, to } = piece();
    const between = this.text.slice(from, own[0]) + this.text.slice(own[1], to);
    // A comment would go with it.
    return between.includes('#') ? undefined : { from, to, text: '' };
  }

  #formatItem(lines: string[], indent: string, width: number): string[] {
    return lines.map((line, i) =>
      i === 0
        ? `${indent}${'-'.padEnd(width)}${line}`
        : `${indent}${' '.repeat(width)}${line}`,
    );
  }

  #insertLines(at: number, lines: string[]): Splice {
    const body = lines.join(this.#eol);
    const isAfterText = at > 0 && this.text[at - 1] !== '\n';
    const text = isAfterText ? `${this.#eol}${body}` : `${body}${this.#eol}`;
    return { from: at, to: at, text };
  }

  #lineStart(at: number): number {
    return at === 0 ? 0 : this.text.lastIndexOf('\n', at - 1) + 1;
  }

  /** After its line break. */
  #lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end + 1;
  }
}

function insertIntoFlow(
  { items, range }: YAMLSeq<Node>,
  lines: string[],
): Splice | undefined {
  const item = `{ ${lines.join(', ')} }`;
  const last = items.at(-1);
  const at = last ? last.range?.[1] : (range?.[0] ?? NaN) + 1;
  if (at === undefined || Number.isNaN(at)) return undefined;
  return { from: at, to: at, text: last ? `, ${item}` : item };
}
