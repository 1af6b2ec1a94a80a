import { Document, isMap, isNode, isScalar, parseDocument } from 'yaml';
import { cleanText } from '../../lib/cleanText';
import {
  describeIssue,
  formatPolicyFault,
  levelSchema,
  POLICY_FILE,
  readPolicyFile,
} from '../file';
import { pathOfSection } from './resolveSection';
import { ChangedFile, RuleSection } from './types';

const refused = (message: string) => ({ kind: 'refused', message } as const);

function titleOf(section: RuleSection): string {
  // No title in brackets: release-manager would read a release into it.
  return section.of === 'defaults'
    ? 'Change policies: defaults'
    : `Change policies: ${section.of} ${section.name}`;
}

/** What the file says, however it is laid out. */
function valueOf(content: Buffer): string {
  return JSON.stringify(parseDocument(content.toString('utf8')).toJS() ?? {});
}

/** What the file says but for one level, to see that nothing else changed. */
function restOf(content: Buffer, path: string[]): string {
  const value = parseDocument(content.toString('utf8')).toJS() ?? {};
  const parent = path.length > 1 ? value[path[0]] : value;
  if (parent) delete parent[path.at(-1) as string];
  if (path.length > 1 && parent && Object.keys(parent).length === 0) {
    delete value[path[0]];
  }
  return JSON.stringify(value);
}

type Values = Record<string, unknown>;

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Brings a part to some values, and leaves what says the same already as it is
 * written, with its comments.
 */
function mergeIn(document: Document, path: string[], value: unknown): void {
  const node = document.getIn(path, true);
  if (isMap(node) && isValues(value)) {
    const gone = node.items.flatMap(({ key }) =>
      isScalar(key) && !Object.hasOwn(value, String(key.value)) ? [key] : [],
    );
    gone.forEach(key => node.delete(key));
    Object.entries(value).forEach(([key, one]) =>
      mergeIn(document, [...path, key], one),
    );
    return;
  }
  const before = isNode(node) ? node.toJS(document) : undefined;
  if (node !== undefined && JSON.stringify(before) === JSON.stringify(value)) {
    return;
  }
  if (isScalar(node) && !isValues(value) && !Array.isArray(value)) {
    node.value = value;
    return;
  }
  document.setIn(
    path,
    document.createNode(value, { aliasDuplicateObjects: false }),
  );
}

/**
 * Writes one level of `ground-control.yaml`, and leaves the others and their
 * comments as they are.
 *
 * @param rules - all that the level is to say, in the form of the file; null
 * takes it away
 */
export function changeRules(
  change: { section: RuleSection; rules: unknown },
  options: {
    /** Undefined where there is no such file. */
    content: Buffer | undefined;
    environments: readonly string[];
  },
): ChangedFile {
  const { section, rules } = change;
  const before = options.content ?? Buffer.alloc(0);
  if (
    section.of !== 'defaults' &&
    (section.name === '' || cleanText(section.name, 200) !== section.name)
  ) {
    return refused(`The name of the ${section.of} can't be used as one.`);
  }
  const { fault } = readPolicyFile(before, options.environments);
  if (fault) {
    const message = `${formatPolicyFault(fault)} It has to be mended by hand.`;
    return { ...refused(message), faults: [{ line: fault.line, message }] };
  }
  const parsed = levelSchema.safeParse(rules ?? {});
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => {
      const { path, message } = describeIssue(issue);
      return {
        path,
        message: `At ${path.join('.') || 'the top'}, ${message}.`,
      };
    });
    return { ...refused(faults[0].message), faults };
  }
  const path = pathOfSection(section);
  const document = parseDocument(before.toString('utf8'));
  // A key without a value is no map yet; what isn't one is a fault above.
  if (path.length > 1 && !isMap(document.get(path[0]))) {
    document.set(path[0], document.createNode({}));
  }
  if (rules === null) {
    document.deleteIn(path);
    const left = path.length > 1 ? document.get(path[0]) : undefined;
    if (isMap(left) && left.items.length === 0) document.delete(path[0]);
  } else {
    mergeIn(document, path, rules);
  }
  const isEmpty =
    isMap(document.contents) && document.contents.items.length === 0;
  const content = Buffer.from(
    isEmpty ? '' : document.toString({ lineWidth: 0 }),
  );
  if (restOf(before, path) !== restOf(content, path)) {
    return refused(
      `${POLICY_FILE} is written in a way that can't be changed here without changing other parts of it. Change it by hand.`,
    );
  }
  const after = readPolicyFile(content, options.environments);
  const levels = [
    ...(section.of === 'defaults' ? [after.defaults] : []),
    ...(section.of === 'squad' ? after.squads : []),
    ...(section.of === 'service' ? after.services : []),
  ].filter(level => !('name' in level) || level.name === path[1]);
  const wrong =
    after.fault ?? levels.map(level => level.fault).find(one => one);
  if (wrong) return refused(formatPolicyFault(wrong));
  // A file that is only laid out anew says nothing new.
  if (valueOf(before) === valueOf(content)) return { kind: 'unchanged' };
  return {
    kind: 'changed',
    path: POLICY_FILE,
    mode: '100644',
    content: isEmpty ? null : content,
    title: titleOf(section),
  };
}
