import { RuleKeeper } from '@ground-control/backstage-plugin-ground-control-common';
import { isMap, isScalar, Node, YAMLMap } from 'yaml';
import {
  FaultyYaml,
  isEmpty,
  StrictYaml,
  YamlFault,
} from '../../lib/StrictYaml';
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
export type PolicyFileFault = YamlFault;

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

class PolicyFileReading {
  readonly #yaml: StrictYaml;

  constructor(
    text: string,
    private readonly environments: readonly string[] | undefined,
  ) {
    this.#yaml = new StrictYaml(text);
  }

  read(): PolicyFile {
    const contents = this.#yaml.open({
      maxDepth: MAX_DEPTH,
      onMap: map => this.#yaml.requireUniqueKeys(map),
    });
    if (contents === null) return NO_POLICY_FILE;
    const root = this.#yaml.requireMap(contents);
    const file: PolicyFile = {
      defaults: NO_POLICY_FILE.defaults,
      squads: [],
      services: [],
    };
    for (const { key, value } of root.items) {
      try {
        this.#readTop(file, key, value);
      } catch (thrown) {
        if (!(thrown instanceof FaultyYaml)) throw thrown;
        file.fault ??= thrown.fault;
      }
    }
    return file;
  }

  #readTop(file: PolicyFile, key: Node, value: Node | null) {
    const name = isScalar(key) ? key.value : undefined;
    if (name === 'defaults') {
      file.defaults = this.#readLevel(value, 'platform');
    } else if (name === 'squads') {
      file.squads.push(...this.#readLevels(value));
    } else if (name === 'services') {
      file.services.push(...this.#readLevels(value));
    } else {
      throw this.#yaml.faulty(
        key,
        'there is a key that is not known here; known are defaults, squads and services',
      );
    }
  }

  #readLevels(value: Node | null): NamedLevel[] {
    if (isEmpty(value)) return [];
    return this.#yaml.requireMap(value).items.map(pair => ({
      name: isScalar(pair.key) ? String(pair.key.value) : '',
      ...this.#readLevel(pair.value, 'squad'),
    }));
  }

  #readLevel(node: Node | null, keptBy: RuleKeeper): ReadLevel {
    if (isEmpty(node)) return { level: EMPTY };
    try {
      const map = this.#yaml.requireMap(node);
      const parsed = levelSchema.safeParse(map.toJS(this.#yaml.document));
      if (!parsed.success) {
        const { path, message } = describeIssue(parsed.error.issues[0]);
        throw this.#yaml.faulty(this.#yaml.nodeAt(map, path), message);
      }
      this.#checkEnvironments(map);
      const level = buildRuleLevel(parsed.data, path => ({
        file: POLICY_FILE,
        line: this.#yaml.lineOf(this.#yaml.nodeAt(map, path)),
        keptBy,
      }));
      return { level };
    } catch (error) {
      if (error instanceof FaultyYaml) return { fault: error.fault };
      throw error;
    }
  }

  #checkEnvironments(level: YAMLMap) {
    const known = this.environments;
    const stated = level.get('environments');
    for (const { key } of isMap(stated) ? stated.items : []) {
      const name = isScalar(key) ? key.value : undefined;
      if (known?.some(one => one === name) === false) {
        throw this.#yaml.faulty(
          key as Node,
          `there is no such environment; there are ${known.join(', ')}`,
        );
      }
    }
  }
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
      error instanceof FaultyYaml
        ? error.fault
        : { message: 'it is not YAML that can be read; write it anew' },
    );
  }
}
