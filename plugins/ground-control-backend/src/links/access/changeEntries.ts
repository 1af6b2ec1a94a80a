import { ingressId, targetId } from '../entries/entryId';
import { describeEntryIssue } from '../entries/file/describeEntryIssue';
import { ingressSchema, targetSchema } from '../entries/file/entrySchema';
import { readEntriesFile } from '../entries/file/readEntriesFile';
import { DeclaredEntry, EntriesFile } from '../entries/types';
import { EntriesText, EntryList } from './EntriesText';
import { formatEntry } from './formatEntry';
import { ChangedEntries, EntryChange, EntryFields, EntryKey } from './types';

const BY_HAND = 'Mend it by hand, and commit it.';

type Refused = Extract<ChangedEntries, { kind: 'refused' }>;

const refused = (
  code: Refused['code'],
  message: string,
  remedy: string,
): Refused => ({ kind: 'refused', code, message, remedy });

const GONE = refused(
  'not-there',
  'There is no such entry.',
  'Nothing has to be removed.',
);

function idOf(key: EntryKey): string {
  return key.kind === 'target'
    ? targetId({ name: key.hostName, cluster: key.environment })
    : ingressId({ ...key, name: key.service });
}

/** What is wrong with the values; they are never quoted. */
function findNameFault({ kind, ...fields }: EntryFields): Refused | undefined {
  const list = kind === 'target' ? 'targets' : 'ingress';
  const schema = kind === 'target' ? targetSchema : ingressSchema;
  const parsed = schema.safeParse(fields);
  if (parsed.success) return undefined;
  const [issue] = parsed.error.issues;
  const { message } = describeEntryIssue(issue, list);
  const sentence = `${message[0].toUpperCase()}${message.slice(1)}.`;
  return refused('names', sentence, 'Ask with another value.');
}

function saysSame(one: DeclaredEntry, entry: EntryFields): boolean {
  return entry.kind === 'target'
    ? one.dnsName === entry.dnsName && one.squad === entry.squad
    : one.port === entry.port && one.squad === entry.squad;
}

const mirroredName = ({ name, cluster }: DeclaredEntry) => `${name}-${cluster}`;

/** What of the file stands against an entry. */
function findConflict(
  file: EntriesFile,
  entry: EntryFields,
): Refused | undefined {
  const id = idOf(entry);
  const same = file.entries.find(one => one.id === id);
  if (same && saysSame(same, entry)) {
    return refused(
      'already-there',
      `The same entry stands in line ${same.line} already.`,
      'Use it as it is.',
    );
  }
  if (same) {
    const what =
      entry.kind === 'target'
        ? 'for another resource or squad'
        : 'with another port or squad';
    return refused(
      'conflict',
      `An entry of this name and cluster stands in line ${same.line}, ${what}.`,
      'Ask to remove that one first, or choose another name.',
    );
  }
  if (entry.kind === 'ingress') return undefined;
  const name = `${entry.hostName}-${entry.environment}`;
  const alike = file.entries.find(
    one => one.kind === 'target' && mirroredName(one) === name,
  );
  return (
    alike &&
    refused(
      'conflict',
      `The entry in line ${alike.line} is called ${name} where it is mirrored, and this one would be too.`,
      'Choose another name.',
    )
  );
}

/** Entries that can be read, but for one, however they are laid out. */
function sayWithout(file: EntriesFile, id: string): string {
  const entries = file.entries
    .filter(one => one.id !== id)
    .map(({ line, ...entry }) => entry);
  const problems = file.problems.map(({ message }) =>
    message.replace(/line \d+/g, 'line'),
  );
  return JSON.stringify([entries, problems]);
}

/** Which entry of a list it is, by what makes it one. */
function findIndex(
  text: EntriesText,
  list: EntryList,
  { kind, ...key }: EntryKey,
) {
  const names = Object.entries(key);
  return text
    .values(list)
    .findIndex(value => names.every(([name, is]) => value?.[name] === is));
}

/** The key alone: a removal names nothing else. */
function keyOf(entry: EntryFields | EntryKey): EntryKey {
  if (entry.kind === 'target') {
    const { kind, hostName, environment } = entry;
    return { kind, hostName, environment };
  }
  const { kind, service, namespace, cluster } = entry;
  return { kind, service, namespace, cluster };
}

/** An entry of the file in the form in which one is written. */
function fieldsOf(one: DeclaredEntry): EntryFields {
  const { kind, name, namespace, cluster, squad } = one;
  return kind === 'target'
    ? {
        kind,
        hostName: name,
        dnsName: one.dnsName!,
        environment: cluster,
        squad,
      }
    : { kind, service: name, namespace, cluster, squad, port: one.port! };
}

/** As an item of a list. */
function showEntry(entry: EntryFields): string {
  return formatEntry(entry)
    .map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`))
    .join('\n');
}

/**
 * Adds an entry to the gateway's file, or removes one. One piece of the text
 * changes, so that comments, the order and all other bytes stay as they are;
 * what is added and removed again leaves nothing behind.
 *
 * @param options - `content`: undefined where there is no such file;
 * `namespace`: where the gateway makes Services of targets
 */
export function changeEntries(
  { change, entry }: EntryChange,
  options: { content: Buffer | undefined; path: string; namespace: string },
): ChangedEntries {
  const { path } = options;
  const before = options.content ?? Buffer.alloc(0);
  const fault = change === 'add' ? findNameFault(entry) : undefined;
  if (fault) return fault;
  const file = readEntriesFile(before, options);
  const [problem] = file.problems;
  if (!file.isReadable) {
    const where = problem?.line ? `${path}, line ${problem.line}` : path;
    return refused('file', `${where}: ${problem?.message ?? ''}`, BY_HAND);
  }
  const id = idOf(entry);
  const faulty = file.problems.find(one => one.entry === id);
  if (faulty) {
    const message = `The entry of this name in ${path}, line ${faulty.line}, can't be used as it is: ${faulty.message}`;
    return refused('file', message, BY_HAND);
  }
  const there = file.entries.find(one => one.id === id);
  if (change === 'remove' && !there) return GONE;
  const conflict = change === 'add' ? findConflict(file, entry) : undefined;
  if (conflict) return conflict;

  const cantChange = refused(
    'file',
    `${path} is written in a way that can't be changed here without changing other parts of it.`,
    'Change it by hand, and commit it.',
  );
  const text = new EntriesText(before.toString('utf8'));
  // What isn't UTF-8 would be written as something else.
  if (!Buffer.from(text.text).equals(before)) return cantChange;
  const list = entry.kind === 'target' ? 'targets' : 'ingress';
  const splice =
    change === 'add'
      ? text.insert(list, formatEntry(entry))
      : text.remove(list, findIndex(text, list, keyOf(entry)));
  if (!splice) return cantChange;
  const content = Buffer.from(text.apply(splice));
  const after = readEntriesFile(content, options);
  const found = after.entries.find(one => one.id === id);
  const isRight =
    change === 'add'
      ? found !== undefined && saysSame(found, entry)
      : found === undefined;
  if (
    !isRight ||
    !after.isReadable ||
    sayWithout(file, id) !== sayWithout(after, id)
  ) {
    return cantChange;
  }
  return {
    kind: 'changed',
    content: content.length === 0 ? null : content,
    entry: showEntry(change === 'add' ? entry : fieldsOf(there!)),
  };
}
