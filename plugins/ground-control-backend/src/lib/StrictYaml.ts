import {
  Alias,
  Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  Node,
  parseDocument,
  visit,
  YAMLMap,
} from 'yaml';

/** Something in a file that can't be used; the sentence names the line and quotes nothing. */
export interface YamlFault {
  line?: number;
  message: string;
}

/** Thrown by the reading of a part, and caught by what reads the part. */
export class FaultyYaml extends Error {
  constructor(readonly fault: YamlFault) {
    super(fault.message);
  }
}

/**
 * One document of YAML from outside, with the lines of what is in it. It is
 * refused where it uses what a file that people write doesn't need, and what
 * makes a small file a large value.
 */
export class StrictYaml {
  readonly document: Document.Parsed;
  readonly #lines = new LineCounter();

  constructor(text: string) {
    this.document = parseDocument(text, {
      lineCounter: this.#lines,
      // Their texts quote the file.
      prettyErrors: false,
      // Silence would also hide that there is a second document.
      logLevel: 'error',
      // The library compares each key with each other; see requireUniqueKeys.
      uniqueKeys: false,
      // Every key is a text, so that one can't be a map or a null.
      stringKeys: true,
    });
  }

  /**
   * @param onMap - asked of every map as well
   * @returns null where the file says nothing
   * @throws FaultyYaml
   */
  open(options: {
    maxDepth: number;
    onMap?: (map: YAMLMap) => void;
  }): Node | null {
    const [error] = this.document.errors;
    if (error) {
      throw this.faulty(
        error.pos[0],
        `it is not YAML (${error.code}); mend the indentation, quotes or brackets there`,
      );
    }
    const { maxDepth, onMap } = options;
    visit(this.document, {
      Node: (_, node, path) => {
        if (node instanceof Alias || ('anchor' in node && node.anchor)) {
          throw this.faulty(
            node,
            'there is an anchor or alias; write out what it stands for',
          );
        }
        if (path.length > 2 * maxDepth) {
          throw this.faulty(node, 'it is nested too deeply');
        }
        if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,')) {
          throw this.faulty(node, 'there is a tag; leave it out');
        }
      },
      ...(onMap && { Map: (_, map) => onMap(map) }),
    });
    const { contents } = this.document;
    return isEmpty(contents) ? null : contents;
  }

  /** Of a key that is given twice, one value would be lost. */
  requireUniqueKeys(map: YAMLMap): void {
    const seen = new Set<unknown>();
    for (const { key } of map.items) {
      const name = isScalar(key) ? key.value : undefined;
      if (seen.has(name)) {
        throw this.faulty(key as Node, 'a key is given twice; leave one out');
      }
      seen.add(name);
    }
  }

  requireMap(node: Node | null): YAMLMap<Node, Node | null> {
    if (isMap<Node, Node | null>(node)) return node;
    throw this.faulty(node, 'the value must be keys with their values');
  }

  /** The deepest node on the way to a place; of a key the key itself. */
  nodeAt(map: YAMLMap, path: ReadonlyArray<string | number>): Node {
    let found: Node = map;
    let at: unknown = map;
    for (const part of path) {
      if (isMap(at)) {
        const pair = at.items.find(
          ({ key }) => isScalar(key) && key.value === part,
        );
        if (!pair) break;
        if (isNode(pair.key)) found = pair.key;
        at = pair.value;
      } else {
        at = (at as { items?: unknown[] } | null)?.items?.[part as number];
        if (!isNode(at)) break;
        found = at;
      }
    }
    return found;
  }

  lineOf(at: Node | number | null): number | undefined {
    const offset = typeof at === 'number' ? at : at?.range?.[0];
    return offset === undefined ? undefined : this.#lines.linePos(offset).line;
  }

  faulty(at: Node | number | null, message: string): FaultyYaml {
    const line = this.lineOf(at);
    return new FaultyYaml({ ...(line !== undefined && { line }), message });
  }
}

/** Nothing stands there, or `null`. */
export function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null);
}
