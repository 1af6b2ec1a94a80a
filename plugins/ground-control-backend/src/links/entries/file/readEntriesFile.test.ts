import fc from 'fast-check';
import { stringify } from 'yaml';
import { readEntriesFile } from './readEntriesFile';

const SECRET = 'hunter2-canary';
const read = (text: string | Buffer) =>
  readEntriesFile(Buffer.from(text as string), { namespace: 'gateway' });

const TARGET = `  - hostName: resource-a
    dnsName: resource-a.azurewebsites.net
    environment: east
    squad: maxus
`;
const INGRESS = `  - service: service-a
    namespace: services
    cluster: west
    squad: nasa
    port: 3000
`;
const GOOD = `# What squads need.
targets:
${TARGET}ingress:
${INGRESS}`;

describe('readEntriesFile', () => {
  it('reads targets and ingress, with their lines', () => {
    expect(read(GOOD)).toEqual({
      isReadable: true,
      problems: [],
      entries: [
        {
          kind: 'target',
          id: 'target:east/resource-a',
          name: 'resource-a',
          namespace: 'gateway',
          cluster: 'east',
          dnsName: 'resource-a.azurewebsites.net',
          port: null,
          squad: 'maxus',
          line: 3,
        },
        {
          kind: 'ingress',
          id: 'ingress:west/services/service-a',
          name: 'service-a',
          namespace: 'services',
          cluster: 'west',
          dnsName: null,
          port: 3000,
          squad: 'nasa',
          line: 8,
        },
      ],
    });
  });

  it.each([
    '',
    '# nothing\n',
    '---\n',
    'targets:\ningress: []\n',
    '%YAML 9.9\n---\ntargets: []\n',
  ])('takes %j for no entries', text => {
    expect(read(text)).toEqual({ entries: [], problems: [], isReadable: true });
  });

  const target = (change: object) =>
    stringify({
      targets: [
        {
          hostName: 'a',
          dnsName: 'a.example',
          environment: 'east',
          squad: 'x',
          ...change,
        },
      ],
    });
  const ingress = (change: object) =>
    stringify({
      ingress: [
        {
          service: 'a',
          namespace: 'b',
          cluster: 'c',
          squad: 'x',
          port: 80,
          ...change,
        },
      ],
    });
  it.each([
    [target({ hostName: undefined }), 2, /key hostName is missing; write/],
    [target({ hostName: 'Upper' }), 2, /hostName must be the name of a Ser/],
    [target({ hostName: 12 }), 2, /hostName must be/],
    [target({ hostName: null }), 2, /hostName must be/],
    [target({ hostName: 'a'.repeat(60) }), 2, /63 at most together/],
    [target({ hostName: ['a'] }), 2, /hostName must be/],
    [target({ dnsName: '10.0.0.1' }), 3, /dnsName must be a host name/],
    [target({ dnsName: 'https://a.example' }), 3, /dnsName must be/],
    [target({ dnsName: 'a..example' }), 3, /dnsName must be/],
    [target({ dnsName: `${'a.'.repeat(130)}example` }), 3, /dnsName must/],
    [target({ environment: 'a/b' }), 4, /environment must be/],
    [target({ squad: '' }), 5, /squad must be the name of a Group/],
    [target({ squad: `${SECRET}\n` }), 5, /squad must be/],
    [target({ port: 80 }), 6, /not known here; known are hostName, dnsName/],
    [ingress({ port: '80' }), 6, /port must be a whole number .* without qu/],
    [ingress({ port: 0 }), 6, /port must be/],
    [ingress({ port: 65_536 }), 6, /port must be/],
    [ingress({ port: 1.5 }), 6, /port must be/],
    [ingress({ port: undefined }), 2, /key port is missing; write a whole/],
    [ingress({ cluster: '../x' }), 4, /cluster must be/],
    [ingress({ namespace: 'a.b' }), 3, /namespace must be/],
    [ingress({ [SECRET]: 1 }), 7, /known are service, namespace, cluster/],
    ['targets:\n  - __proto__: { a: 1 }\n', 2, /is missing|not known/],
    ['targets:\n  a: 1\n', 2, /value of targets must be a list/],
    ['targets: 5\n', 1, /must be a list/],
    ['targets: !!js/function "x"\n', 1, /must be a list/],
    ['targets:\n  - one\n', 2, /must be keys with their values/],
    ['targets:\n  -\n', 2, /must be keys with their values/],
    [`${GOOD}${SECRET}: 1\n`, 13, /known are targets and ingress/],
    [`targets:\n${TARGET}${TARGET}`, 6, /stands in line 2; leave one out/],
    [`ingress:\n${INGRESS}${INGRESS}`, 7, /stands in line 2/],
    [`targets:\n${TARGET}    squad: ${SECRET}\n`, 6, /given twice/],
  ])('says of %j what is wrong, where, and quotes nothing', (...given) => {
    const [text, line, message] = given;
    const { problems, isReadable } = read(text);
    expect(isReadable).toBe(true);
    expect(problems[0]).toMatchObject({
      line,
      message: expect.stringMatching(message),
    });
    expect(JSON.stringify(problems)).not.toContain(SECRET);
  });

  it.each([
    ['- a\n', 1, /must be keys/],
    ['targets:\n\t- a\n', 2, /not YAML/],
    ['targets: [\n', 2, /not YAML/],
    [`${GOOD}---\n${GOOD}`, 13, /not YAML/],
    ['a: &x 1\ntargets: *x\n', 1, /anchor or alias/],
    [`targets:\n${TARGET}targets:\n${TARGET}`, 6, /given twice/],
    ['targets: !secret []\n', 1, /There is a tag/],
    [`targets:\n  - ${'{a: '.repeat(20)}1${'}'.repeat(20)}`, 2, /deep/],
    ['x'.repeat(300_000), null, /larger than 256 KiB/],
  ])('believes nothing of file %#', (text, line, message) => {
    expect(read(text)).toEqual({
      entries: [],
      isReadable: false,
      problems: [{ line, message: expect.stringMatching(message) }],
    });
  });

  it('counts the good beside the bad, and says which is meant', () => {
    const text = `targets:\n${TARGET.replace('maxus', '[]')}${TARGET.replace(
      '-a',
      '-b',
    )}ingress:\n${INGRESS.replace('3000', 'http')}`;
    const { entries, problems } = read(text);
    expect(entries.map(({ id }) => id)).toEqual(['target:east/resource-b']);
    expect(problems.map(({ line, entry }) => [line, entry])).toEqual([
      [5, 'target:east/resource-a'],
      [15, 'ingress:west/services/service-a'],
    ]);
  });

  it('has bounds', () => {
    const many = Array.from(
      { length: 2_100 },
      (_, i) =>
        `- {hostName: r${i}, dnsName: a.example, environment: e, squad: s}\n`,
    ).join('');
    const { entries, problems } = read(`targets:\n${many}`);
    expect(entries).toHaveLength(2_000);
    expect(problems).toEqual([
      { line: 2_002, message: expect.stringMatching(/more than 2000 entries/) },
    ]);
    const bad = read(`targets:\n${'- 1\n'.repeat(500)}`);
    expect(bad.problems).toHaveLength(101);
    expect(bad.problems[100].message).toBe('There are 400 more problems.');
  });

  it('is safe against what is made to hurt it', () => {
    const started = Date.now();
    const hostile = [
      '['.repeat(100_000),
      '{a: '.repeat(30_000),
      `targets: ${'['.repeat(2_000)}${']'.repeat(2_000)}`,
      Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`).join('\n'),
      `targets: [${'{},'.repeat(60_000)}]`,
      '\u0000\u0000',
    ];
    for (const text of hostile) {
      const { entries, problems } = read(text);
      expect(entries).toEqual([]);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThan(102);
    }
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('never throws, and never quotes', () => {
    const piece = fc.constantFrom(
      ...'targets:|ingress:|hostName:|dnsName:|squad:|port:|\n|  |    |- |[|]|{|}|1|a.b|&a|*a|"|#'.split(
        '|',
      ),
      SECRET,
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 60 }).map(parts => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        text => {
          const { problems } = read(text);
          expect(JSON.stringify(problems)).not.toContain(SECRET);
          const lines = text.split('\n').length;
          const far = problems.filter(({ line }) => Number(line) > lines + 1);
          expect(far).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reads back every good entry, among any others', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
    const good = fc.record({
      service: label,
      namespace: label,
      cluster: label,
      squad: label,
      port: fc.integer({ min: 1, max: 65_535 }),
    });
    const bad = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      good.map(one => ({ ...one, port: -1 })),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(good, bad), { maxLength: 20 }), listed => {
        const { entries } = read(stringify({ ingress: listed }));
        const expected = new Map(
          listed.flatMap(one => {
            const entry = one as typeof good extends fc.Arbitrary<infer T>
              ? T
              : never;
            const isGood =
              entry !== null &&
              typeof entry === 'object' &&
              Object.keys(entry).length === 5 &&
              entry.port > 0;
            return isGood
              ? [[`${entry.service} ${entry.namespace} ${entry.cluster}`, 1]]
              : [];
          }),
        );
        expect(
          entries.map(
            ({ name, namespace, cluster }) => `${name} ${namespace} ${cluster}`,
          ),
        ).toEqual([...expected.keys()]);
      }),
      { numRuns: 100 },
    );
  });
});
