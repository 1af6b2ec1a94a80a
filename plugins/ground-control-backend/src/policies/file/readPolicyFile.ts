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
import { RuleLevel } from '../rules';
import { buildRuleLevel } from './buildRuleLevel';
import { describeIssue } from './describeIssue';
import { levelSchema } from './levelSchema';

/** The file's path in the config repository. */
export const POLICY_FILE = 'ground-control.yaml';

/** Far more than any company's rules; less than what takes long to read. */
const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 12;
const EMPTY: RuleLevel = { environments: new Map(), freezes: [] };

/** Something in the file that can't be used; the sentence names the line and quotes nothing. */
export interface PolicyFileFault {
  line?: number;
  message: string;
}

/** A level of the file, or what is wrong with it. */
export type ReadLevel =
  | { level: RuleLevel; fault?: undefined }
  | { level?: undefined; fault: PolicyFileFault };

/** The file as far as it can be read. */
export interface PolicyFile {
  /** Of the file as a whole: nothing of it may be relied on alone. */
  fault?: PolicyFileFault;
  defaults: ReadLevel;
  /** As the file names them: entity refs of Groups, or their names. */
  squads: NamedLevel[];
  /** As the file names them: `<namespace>/<name>` or a name. */
  services: NamedLevel[];
}

/** The level of a squad or service. */
export type NamedLevel = { name: string } & ReadLevel;

/** A file that says nothing. */
export const NO_POLICY_FILE: PolicyFile = {
  defaults: { level: EMPTY },
  squads: [],
  services: [],
};

/** Thrown by the reading of a part, and caught by what reads the part. */
class FaultyPart extends Error {
  constructor(readonly fault: PolicyFileFault) {
    super(fault.message);
  }
}

class PolicyFileReading {
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(
    text: string,
    private readonly environments: readonly string[] | undefined,
  ) {
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      // Their texts quote the file.
      prettyErrors: false,
      // Silence would also hide that there is a second document.
      logLevel: 'error',
      // The library compares each key with each other; see #checkKeys.
      uniqueKeys: false,
      // Every key is a text, so that one can't be a map or a null.
      stringKeys: true,
    });
  }

  read(): PolicyFile {
    const [error] = this.#document.errors;
    if (error) {
      throw this.#faulty(
        error.pos[0],
        `it is not YAML (${error.code}); mend the indentation, quotes or brackets there`,
      );
    }
    this.#check();
    const { contents } = this.#document;
    if (contents === null || (isScalar(contents) && contents.value === null)) {
      return NO_POLICY_FILE;
    }
    const root = this.#requireMap(contents);
    const file: PolicyFile = {
      defaults: NO_POLICY_FILE.defaults,
      squads: [],
      services: [],
    };
    for (const { key, value } of root.items) {
      try {
        this.#readTop(file, key, value);
      } catch (thrown) {
        if (!(thrown instanceof FaultyPart)) throw thrown;
        file.fault ??= thrown.fault;
      }
    }
    return file;
  }

  #readTop(file: PolicyFile, key: Node, value: Node | null) {
    const name = isScalar(key) ? key.value : undefined;
    if (name === 'defaults') {
      file.defaults = this.#readLevel(value);
    } else if (name === 'squads') {
      file.squads.push(...this.#readLevels(value));
    } else if (name === 'services') {
      file.services.push(...this.#readLevels(value));
    } else {
      throw this.#faulty(
        key,
        'there is a key that is not known here; known are defaults, squads and services',
      );
    }
  }

  #readLevels(value: Node | null): NamedLevel[] {
    if (isEmpty(value)) return [];
    return this.#requireMap(value).items.map(pair => ({
      name: isScalar(pair.key) ? String(pair.key.value) : '',
      ...this.#readLevel(pair.value),
    }));
  }

  #readLevel(node: Node | null): ReadLevel {
    if (isEmpty(node)) return { level: EMPTY };
    try {
      const map = this.#requireMap(node);
      const parsed = levelSchema.safeParse(map.toJS(this.#document));
      if (!parsed.success) {
        const { path, message } = describeIssue(parsed.error.issues[0]);
        throw this.#faulty(this.#nodeAt(map, path), message);
      }
      this.#checkEnvironments(map);
      const level = buildRuleLevel(parsed.data, path => ({
        file: POLICY_FILE,
        line: this.#lineOf(this.#nodeAt(map, path)),
      }));
      return { level };
    } catch (error) {
      if (error instanceof FaultyPart) return { fault: error.fault };
      throw error;
    }
  }

  #checkEnvironments(level: YAMLMap) {
    const known = this.environments;
    const stated = level.get('environments');
    for (const { key } of isMap(stated) ? stated.items : []) {
      const name = isScalar(key) ? key.value : undefined;
      if (known?.some(one => one === name) === false) {
        throw this.#faulty(
          key as Node,
          `there is no such environment; there are ${known.join(', ')}`,
        );
      }
    }
  }

  /**
   * Refuses what a file of rules doesn't need, and what makes a small file a
   * large value: references to other parts, depth; and keys given twice, of
   * which one would be lost.
   */
  #check() {
    visit(this.#document, {
      Node: (_, node, path) => {
        if (node instanceof Alias || ('anchor' in node && node.anchor)) {
          throw this.#faulty(
            node,
            'there is an anchor or alias; write out what it stands for',
          );
        }
        if (path.length > 2 * MAX_DEPTH) {
          throw this.#faulty(node, 'it is nested too deeply');
        }
        if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,')) {
          throw this.#faulty(node, 'there is a tag; leave it out');
        }
      },
      Map: (_, map) => this.#checkKeys(map),
    });
  }

  #checkKeys(map: YAMLMap) {
    const seen = new Set<unknown>();
    for (const { key } of map.items) {
      const name = isScalar(key) ? key.value : undefined;
      if (seen.has(name)) {
        throw this.#faulty(key as Node, 'a key is given twice; leave one out');
      }
      seen.add(name);
    }
  }

  #requireMap(node: Node | null): YAMLMap<Node, Node | null> {
    if (isMap<Node, Node | null>(node)) return node;
    throw this.#faulty(node, 'the value must be keys with their values');
  }

  /** The deepest node on the way to a place; of a key the key itself. */
  #nodeAt(map: YAMLMap, path: ReadonlyArray<string | number>): Node {
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

  #lineOf(at: Node | number | null): number | undefined {
    const offset = typeof at === 'number' ? at : at?.range?.[0];
    return offset === undefined ? undefined : this.#lines.linePos(offset).line;
  }

  #faulty(at: Node | number | null, message: string): FaultyPart {
    const line = this.#lineOf(at);
    return new FaultyPart({ ...(line !== undefined && { line }), message });
  }
}

function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

function brokenFile(fault: PolicyFileFault): PolicyFile {
  return { ...NO_POLICY_FILE, fault };
}

/**
 * Reads `ground-control.yaml`. Never throws: what can't be read is a fault of
 * the smallest part that it lies in, and the other parts count.
 *
 * @param environments - the configured ones; any where absent
 */
export function readPolicyFile(
  content: Buffer,
  environments?: readonly string[],
): PolicyFile {
  if (content.length > MAX_BYTES) {
    return brokenFile({
      message: `it is larger than ${
        MAX_BYTES / 1024
      } KiB; leave out what doesn't belong there`,
    });
  }
  try {
    return new PolicyFileReading(content.toString('utf8'), environments).read();
  } catch (error) {
    // The library itself can give up, such as on brackets nested too deeply.
    return brokenFile(
      error instanceof FaultyPart
        ? error.fault
        : { message: 'it is not YAML that can be read; write it anew' },
    );
  }
}
