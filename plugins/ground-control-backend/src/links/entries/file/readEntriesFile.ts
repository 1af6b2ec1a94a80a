import { isMap, isScalar, isSeq, Node } from 'yaml';
import { ZodTypeAny } from 'zod';
import {
  FaultyYaml,
  isEmpty,
  StrictYaml,
  YamlFault,
} from '../../../lib/StrictYaml';
import { ingressId, targetId } from '../entryId';
import { DeclaredEntry, EntriesFile, EntryProblem } from '../types';
import { describeEntryIssue, KEYS } from './describeEntryIssue';
import {
  ingressIdentity,
  ingressSchema,
  targetIdentity,
  targetSchema,
} from './entrySchema';

/** Far more than any company declares; less than what takes long to read. */
const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 6;
const MOST_ENTRIES = 2_000;
const MOST_PROBLEMS = 100;

type List = keyof typeof KEYS;

/** How the entries of a list become ours. */
interface Reader {
  schema: ZodTypeAny;
  identity: ZodTypeAny;
  toId(identity: any): string;
  toEntry(
    value: any,
    options: { namespace: string },
  ): Omit<DeclaredEntry, 'kind' | 'id' | 'line'>;
  kind: DeclaredEntry['kind'];
}

const READERS: Record<List, Reader> = {
  targets: {
    kind: 'target',
    schema: targetSchema,
    identity: targetIdentity,
    toId: ({ hostName, environment }) =>
      targetId({ name: hostName, cluster: environment }),
    toEntry: ({ hostName, dnsName, environment, squad }, { namespace }) => ({
      name: hostName,
      namespace,
      cluster: environment,
      dnsName,
      port: null,
      squad,
    }),
  },
  ingress: {
    kind: 'ingress',
    schema: ingressSchema,
    identity: ingressIdentity,
    toId: ({ service, ...rest }) => ingressId({ name: service, ...rest }),
    toEntry: ({ service, namespace, cluster, squad, port }) => ({
      name: service,
      namespace,
      cluster,
      dnsName: null,
      port,
      squad,
    }),
  },
};

class EntriesReading {
  readonly #yaml: StrictYaml;
  readonly #entries: DeclaredEntry[] = [];
  readonly #problems: EntryProblem[] = [];
  readonly #seen = new Map<string, number>();
  #count = 0;

  constructor(text: string, private readonly namespace: string) {
    this.#yaml = new StrictYaml(text);
  }

  read(): EntriesFile {
    const contents = this.#yaml.open({ maxDepth: MAX_DEPTH });
    const root = contents && this.#yaml.requireMap(contents);
    if (root) this.#yaml.requireUniqueKeys(root);
    for (const { key, value } of root?.items ?? []) {
      const name = isScalar(key) ? key.value : undefined;
      if (name === 'targets' || name === 'ingress') {
        this.#readList(name, value);
      } else {
        this.#note(
          this.#yaml.faulty(
            key,
            'there is a key that is not known here; known are targets and ingress',
          ).fault,
        );
      }
    }
    return {
      entries: this.#entries,
      problems: boundProblems(this.#problems),
      isReadable: true,
    };
  }

  #readList(list: List, value: Node | null) {
    if (isEmpty(value)) return;
    if (!isSeq<Node | null>(value)) {
      const message = `the value of ${list} must be a list, each with ${KEYS[list]}`;
      this.#note(this.#yaml.faulty(value, message).fault);
      return;
    }
    for (const item of value.items) {
      if (this.#count === MOST_ENTRIES) {
        const message = `there are more than ${MOST_ENTRIES} entries; those from here on don't count`;
        this.#note(this.#yaml.faulty(item, message).fault);
        return;
      }
      this.#count += 1;
      this.#readEntry(list, item);
    }
  }

  #readEntry(list: List, item: Node | null) {
    const { kind, schema, identity, toId, toEntry } = READERS[list];
    if (!isMap<Node, Node | null>(item)) {
      const message = `an entry of ${list} must be keys with their values: ${KEYS[list]}`;
      this.#note(this.#yaml.faulty(item, message).fault);
      return;
    }
    const line = this.#yaml.lineOf(item) ?? 1;
    const value = item.toJS(this.#yaml.document);
    const found = identity.safeParse(value);
    const id = found.success ? toId(found.data) : undefined;
    try {
      this.#yaml.requireUniqueKeys(item);
    } catch (error) {
      if (!(error instanceof FaultyYaml)) throw error;
      this.#note(error.fault, id);
      return;
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const { path, message } = describeEntryIssue(issue, list);
        const at = this.#yaml.nodeAt(item, path);
        this.#note(this.#yaml.faulty(at, message).fault, id);
      }
      return;
    }
    const before = this.#seen.get(id!);
    if (before !== undefined) {
      const message = `the same entry stands in line ${before}; leave one out`;
      this.#note(this.#yaml.faulty(item, message).fault);
      return;
    }
    this.#seen.set(id!, line);
    const options = { namespace: this.namespace };
    const entry = toEntry(parsed.data, options);
    this.#entries.push({ kind, id: id!, ...entry, line });
  }

  #note(fault: YamlFault, entry?: string) {
    this.#problems.push(toProblem(fault, entry));
  }
}

/** A sentence of what is wrong. */
function toProblem({ line, message }: YamlFault, entry?: string): EntryProblem {
  return {
    line: line ?? null,
    message: `${message[0].toUpperCase()}${message.slice(1)}.`,
    ...(entry !== undefined && { entry }),
  };
}

function boundProblems(problems: EntryProblem[]): EntryProblem[] {
  const left = problems.length - MOST_PROBLEMS;
  if (left <= 0) return problems;
  const more = toProblem({ message: `there are ${left} more problems` });
  return [...problems.slice(0, MOST_PROBLEMS), more];
}

/** A file of which nothing can be relied on. */
export function brokenEntriesFile(fault: YamlFault): EntriesFile {
  return { entries: [], problems: [toProblem(fault)], isReadable: false };
}

/**
 * Reads the gateway's file. Never throws: what can't be read is a problem of
 * the smallest part that it lies in, and the other entries count.
 *
 * @param options.namespace - where the gateway makes Services of targets
 */
export function readEntriesFile(
  content: Buffer,
  options: { namespace: string },
): EntriesFile {
  if (content.length > MAX_BYTES) {
    return brokenEntriesFile({
      message: `it is larger than ${
        MAX_BYTES / 1024
      } KiB; leave out what doesn't belong there`,
    });
  }
  try {
    const text = content.toString('utf8');
    return new EntriesReading(text, options.namespace).read();
  } catch (error) {
    // The library itself can give up, such as on brackets nested too deeply.
    return brokenEntriesFile(
      error instanceof FaultyYaml
        ? error.fault
        : { message: 'it is not YAML that can be read; write it anew' },
    );
  }
}
