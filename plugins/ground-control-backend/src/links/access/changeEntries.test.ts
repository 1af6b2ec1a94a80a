import fc from 'fast-check';
import { parse } from 'yaml';
import { readEntriesFile } from '../entries/file/readEntriesFile';
import { changeEntries } from './changeEntries';
import { ChangedEntries, EntryChange, EntryFields, EntryKey } from './types';

const OPTIONS = { path: 'backbone-gateway/shuttle.yaml', namespace: 'gateway' };
const FILE = `# What leaves the mesh.
targets:
  # The bureau's.
  - hostName: credit-bureau
    dnsName: credit-bureau.azurewebsites.net
    environment: az-prod-1 # theirs
    squad: squad-credit

  -   hostName: rates
      dnsName: rates.example.com
      environment: aws-prod-1
      squad: squad-fx
  # More below.
ingress:
- service: fx-api
  namespace: prod
  cluster: gcp-prod-1
  squad: squad-fx
  port: 8080
# The end.
`;

const target = (more: Partial<EntryFields> = {}): EntryFields =>
  ({
    kind: 'target',
    hostName: 'new-one',
    dnsName: 'new-one.example.com',
    environment: 'az-prod-1',
    squad: 'squad-ledger',
    ...more,
  } as EntryFields);
const ingress = (more: Partial<EntryFields> = {}): EntryFields =>
  ({
    kind: 'ingress',
    service: 'ledger-api',
    namespace: 'prod',
    cluster: 'aws-prod-1',
    squad: 'squad-ledger',
    port: 8080,
    ...more,
  } as EntryFields);

const make = (change: EntryChange, text: string | undefined) =>
  changeEntries(change, {
    ...OPTIONS,
    content: text === undefined ? undefined : Buffer.from(text),
  });
const add = (entry: EntryFields, text?: string) =>
  make({ change: 'add', entry }, text);
const remove = (entry: EntryKey, text?: string) =>
  make({ change: 'remove', entry }, text);
const textOf = (changed: ChangedEntries): string => {
  if (changed.kind === 'refused') throw new Error(changed.message);
  return changed.content?.toString('utf8') ?? '';
};
const read = (text: string) => readEntriesFile(Buffer.from(text), OPTIONS);

/** Words that some reader of YAML takes for something else among them. */
const label = fc.oneof(
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/),
  fc.constantFrom('no', 'y', 'null', 'true', '1e3', '0', '007', '2020-01-01'),
);
const squad = fc.oneof(label, fc.constantFrom('Squad.A', 'a_b', 'NO', '0x1F'));
const anyTarget = fc.record({
  kind: fc.constant('target' as const),
  hostName: label,
  dnsName: fc
    .tuple(label, fc.constantFrom('example.com', 'io', 'no'))
    .map(parts => parts.join('.')),
  environment: label,
  squad,
});
const anyIngress = fc.record({
  kind: fc.constant('ingress' as const),
  service: label,
  namespace: label,
  cluster: fc.oneof(label, fc.constantFrom('West.1', 'a_b')),
  squad,
  port: fc.integer({ min: 1, max: 65_535 }),
});
const anyEntry: fc.Arbitrary<EntryFields> = fc.oneof(anyTarget, anyIngress);

const comment = fc.constantFrom('', ' # ours', '  # - x: [y', '\t# tab');
const between = fc.constantFrom('', '\n', '# a: b\n', '  # inside\n\n', '  \n');

/** One entry, in one of the ways in which people write them. */
const written = (entry: EntryFields, indent: string, gap: string) =>
  fc
    .record({ lead: between, notes: fc.array(comment, { maxLength: 5 }) })
    .map(({ lead, notes }) => {
      const { kind, ...fields } = entry;
      const pad = `${indent} ${gap.replace('-', ' ')}`;
      const lines = Object.entries(fields).map(
        ([key, value], i) =>
          `${key}: ${JSON.stringify(value)}${notes[i] ?? ''}\n`,
      );
      return `${lead}${indent}-${gap}${lines.join(pad)}`;
    });

const listOf = (name: 'targets' | 'ingress', entry: fc.Arbitrary<any>) =>
  fc.oneof(
    fc.constant(''),
    fc
      .tuple(comment, between)
      .map(([note, lead]) => `${name}:${note}\n${lead}`),
    fc.constantFrom(`${name}: []\n`, `${name}: [ ] # none\n`),
    fc
      .record({
        items: fc.array(entry, { minLength: 1, maxLength: 3 }),
        indent: fc.constantFrom('', '  ', '    '),
        gap: fc.constantFrom(' ', '   '),
        note: comment,
      })
      .chain(({ items, indent, gap, note }) =>
        fc
          .tuple(...items.map(item => written(item, indent, gap)))
          .map(texts => `${name}:${note}\n${texts.join('')}`),
      ),
    fc.array(entry, { minLength: 1, maxLength: 3 }).map(items => {
      const texts = items.map(({ kind, ...fields }) => JSON.stringify(fields));
      return `${name}: [${texts.join(', ')}]\n`;
    }),
  );

const anyFile = fc
  .record({
    lists: fc.shuffledSubarray(['targets', 'ingress'] as const, {
      minLength: 2,
    }),
    targets: listOf('targets', anyTarget),
    ingress: listOf('ingress', anyIngress),
    begin: fc.constantFrom('', '# Ours.\n', '---\n', '\ufeff'),
    gap: between,
    end: fc.constantFrom('', '\n', '# The end.\n', '# no break'),
    isCrlf: fc.boolean(),
    isCut: fc.boolean(),
  })
  .map(({ lists, begin, gap, end, isCrlf, isCut, ...texts }) => {
    const text = `${begin}${lists.map(name => texts[name]).join(gap)}${end}`;
    const cut = isCut ? text.replace(/\n$/, '') : text;
    return isCrlf ? cut.replaceAll('\n', '\r\n') : cut;
  });

describe('changeEntries', () => {
  it('leaves nothing behind of what is added and removed again', () => {
    let changes = 0;
    fc.assert(
      fc.property(anyFile, anyEntry, (text, entry) => {
        const added = add(entry, text);
        if (added.kind === 'refused') return;
        changes += 1;
        expect(textOf(remove(entry, textOf(added)))).toBe(text);
      }),
      { numRuns: 400 },
    );
    expect(changes).toBeGreaterThan(250);
  });

  it('adds one entry as it was given, and nothing else', () => {
    fc.assert(
      fc.property(anyFile, anyEntry, (text, entry) => {
        const added = add(entry, text);
        if (added.kind === 'refused') return;
        const before = read(text);
        const after = read(textOf(added));
        expect(after.problems.length).toBe(before.problems.length);
        expect(after.entries.length).toBe(before.entries.length + 1);
        const [name, cluster] =
          entry.kind === 'target'
            ? [entry.hostName, entry.environment]
            : [entry.service, entry.cluster];
        expect(after.entries).toContainEqual(
          expect.objectContaining({
            kind: entry.kind,
            name,
            cluster,
            squad: entry.squad,
            ...(entry.kind === 'target'
              ? { dnsName: entry.dnsName }
              : { port: entry.port, namespace: entry.namespace }),
          }),
        );
        // Every byte of before is there, in its order.
        const longer = textOf(added);
        const start = [...longer].findIndex((char, i) => char !== [...text][i]);
        const rest = text.length - start;
        expect(longer.startsWith(text.slice(0, start))).toBe(true);
        expect(longer.slice(longer.length - rest)).toBe(text.slice(start));
      }),
      { numRuns: 200 },
    );
  });

  it('removes any entry, and keeps the others and every comment between', () => {
    let removed = 0;
    fc.assert(
      fc.property(anyFile, fc.nat(), (text, pick) => {
        const { entries, problems } = read(text);
        if (entries.length === 0 || problems.length > 0) return;
        const { line, ...gone } = entries[pick % entries.length];
        const key: EntryKey =
          gone.kind === 'target'
            ? { kind: 'target', hostName: gone.name, environment: gone.cluster }
            : {
                kind: 'ingress',
                service: gone.name,
                namespace: gone.namespace,
                cluster: gone.cluster,
              };
        const after = textOf(remove(key, text));
        removed += 1;
        expect(read(after).entries.map(({ id }) => id)).toEqual(
          entries.map(({ id }) => id).filter(id => id !== gone.id),
        );
        for (const own of ['# Ours.', '# The end.', '# no break', '# none']) {
          expect(after.includes(own)).toBe(text.includes(own));
        }
      }),
      { numRuns: 400 },
    );
    expect(removed).toBeGreaterThan(120);
  });

  it('says the same to those who read YAML 1.1', () => {
    fc.assert(
      fc.property(anyEntry, entry => {
        const { kind, ...fields } = entry;
        const text = textOf(add(entry));
        const list = kind === 'target' ? 'targets' : 'ingress';
        expect(parse(text, { version: '1.1' })).toEqual({ [list]: [fields] });
      }),
      { numRuns: 200 },
    );
  });

  it('writes as the list is written', () => {
    expect(textOf(add(target(), FILE))).toBe(
      FILE.replace(
        '  # More below.',
        `  -   hostName: new-one
      dnsName: new-one.example.com
      environment: az-prod-1
      squad: squad-ledger
  # More below.`,
      ),
    );
    expect(textOf(add(ingress(), FILE))).toBe(
      FILE.replace(
        '# The end.',
        `- service: ledger-api
  namespace: prod
  cluster: aws-prod-1
  squad: squad-ledger
  port: 8080
# The end.`,
      ),
    );
    expect(textOf(add(target()))).toBe(`targets:
  - hostName: new-one
    dnsName: new-one.example.com
    environment: az-prod-1
    squad: squad-ledger
`);
    const made = add(target());
    expect(remove(target(), textOf(made))).toMatchObject({ content: null });
  });

  it('shows the entry that comes or goes', () => {
    expect(add(ingress(), FILE)).toMatchObject({
      entry: `- service: ledger-api
  namespace: prod
  cluster: aws-prod-1
  squad: squad-ledger
  port: 8080`,
    });
    const rates = target({ hostName: 'rates', environment: 'aws-prod-1' });
    expect(remove(rates, FILE)).toMatchObject({
      entry: expect.stringMatching(
        /^- hostName: rates\n {2}dnsName: rates\.ex/,
      ),
    });
  });

  it.each<[string, ChangedEntries, string, RegExp]>([
    [
      'the same again',
      add(
        target({
          hostName: 'rates',
          dnsName: 'rates.example.com',
          environment: 'aws-prod-1',
          squad: 'squad-fx',
        } as object),
        FILE,
      ),
      'already-there',
      /line 9 already/,
    ],
    [
      'another resource under a name',
      add(target({ hostName: 'credit-bureau' } as object), FILE),
      'conflict',
      /line 4, for another resource or squad/,
    ],
    [
      'another port',
      add(
        ingress({
          service: 'fx-api',
          cluster: 'gcp-prod-1',
          squad: 'squad-fx',
          port: 9090,
        } as object),
        FILE,
      ),
      'conflict',
      /line 15, with another port or squad/,
    ],
    [
      'one that is called the same where it is mirrored',
      add(
        target({ hostName: 'credit', environment: 'bureau-az-prod-1' }),
        FILE,
      ),
      'conflict',
      /line 4 is called credit-bureau-az-prod-1 where it is mirrored/,
    ],
    [
      'nothing to remove',
      remove(ingress(), FILE),
      'not-there',
      /no such entry/,
    ],
    [
      'a file that is none',
      add(target(), 'targets: [\n'),
      'file',
      /^backbone-gateway\/shuttle.yaml, line \d: It is not YAML/,
    ],
    [
      'an entry that can’t be used',
      remove(
        ingress({ service: 'fx-api', cluster: 'gcp-prod-1' } as object),
        FILE.replace('8080', '"8080"'),
      ),
      'file',
      /line 19, can't be used as it is/,
    ],
    ['a list that is none', add(target(), 'targets: x\n'), 'file', /by hand/],
    ['a map in braces', add(target(), '{ ingress: [] }\n'), 'file', /can't be/],
    [
      'bytes that are no UTF-8',
      changeEntries(
        { change: 'add', entry: target() },
        { ...OPTIONS, content: Buffer.from('# caf\xe9\n', 'latin1') },
      ),
      'file',
      /can't be changed here/,
    ],
  ])('refuses %s', (_, changed, code, message) => {
    expect(changed).toMatchObject({ kind: 'refused', code });
    const { message: said, remedy } = changed as { message: string } & any;
    expect(`${said} ${remedy}`).toMatch(message);
  });

  it.each([
    'a\nb: c',
    'x"',
    "x'",
    '../etc',
    'A',
    '-a',
    'a.b',
    'a'.repeat(64),
    '',
    '{}',
    'a # b',
    '*a',
    '\u202eabc',
    'a\0',
    'é',
  ])('refuses the name %j', name => {
    const all = [
      add(target({ hostName: name }), FILE),
      add(target({ environment: name }), FILE),
      add(ingress({ service: name }), FILE),
      add(ingress({ namespace: name }), FILE),
    ];
    for (const changed of all) {
      expect(changed).toMatchObject({ kind: 'refused', code: 'names' });
    }
  });

  it.each([
    'se cret.example.com',
    'secret\nname.example.com',
    'secret-host',
    '10.0.0.1',
    'http://secret.com',
    'Secret.example.com',
  ])('refuses the host %j, and quotes nothing of it', dnsName => {
    const changed = add(target({ dnsName }), FILE);
    expect(changed).toMatchObject({ kind: 'refused', code: 'names' });
    expect(JSON.stringify(changed)).not.toMatch(/secret|10\.0/i);
  });

  it.each([0, -1, 65_536, 1.5, NaN])('refuses the port %d', port => {
    expect(add(ingress({ port }), FILE)).toMatchObject({ code: 'names' });
  });
});
