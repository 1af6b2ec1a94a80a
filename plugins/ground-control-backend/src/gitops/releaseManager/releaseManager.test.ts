import fc from 'fast-check';
import { findPolicyFault } from './findPolicyFault';
import { readArtifact, readWebUrl } from './readArtifact';
import { readPath } from './readPath';
import { releaseManagerLayout } from './releaseManagerLayout';
import { formatReleaseMessage, readReleaseMessage } from './releaseMessage';
import { measureCpuMs } from '../../__testUtils__/measureCpuMs';
import { artifactJson } from '../__testUtils__/artifacts';

// Put together here because a linter takes it for a use of it.
const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');
const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const word = fc.stringMatching(/^[A-Za-z0-9_.+-]{1,20}$/);

describe('readReleaseMessage', () => {
  const message = (title: string, ...trailers: string[]) =>
    trailers.length > 0 ? `${title}\n\n${trailers.join('\n')}\n` : title;

  it('reads what formatReleaseMessage writes', () => {
    const person = fc.record({ name: word, email: word });
    const release = fc
      .record({
        environment: name,
        service: name,
        artifactId: word,
        releasedBy: person,
        createdBy: person,
      })
      .chain(base =>
        fc.oneof(
          fc.constant({ ...base, intent: 'release-artifact' as const }),
          fc.constant({ ...base, intent: 'auto-release' as const }),
          word.map(ofBranch => ({
            ...base,
            intent: 'release-branch' as const,
            ofBranch,
          })),
          name.map(fromEnvironment => ({
            ...base,
            intent: 'promote' as const,
            fromEnvironment,
          })),
          word.map(leftArtifactId => ({
            ...base,
            intent: 'rollback' as const,
            leftArtifactId,
          })),
        ),
      );
    fc.assert(
      fc.property(release, value => {
        const { createdBy, ...expected } = value;
        expect(
          readReleaseMessage(formatReleaseMessage({ ...value, trailers: [] })),
        ).toEqual(expected);
      }),
    );
  });

  it('lets trailers override the title', () => {
    expect(
      readReleaseMessage(
        message(
          '[dev/a] release x-1 by a@b',
          'Service: b',
          'Environment: prod',
          'Artifact-ID: y-2',
          'Artifact-released-by: Ada <ada@b>',
          'Release-intent: Rollback',
          'Rollback-of-artifact-id: x-1',
        ),
      ),
    ).toEqual({
      environment: 'prod',
      service: 'b',
      artifactId: 'y-2',
      intent: 'rollback',
      releasedBy: { name: 'Ada', email: 'ada@b' },
      leftArtifactId: 'x-1',
    });
  });

  it.each<[string, string, object | undefined]>([
    [
      'a title alone',
      '[dev/a] release x-1 by a@b',
      {
        environment: 'dev',
        service: 'a',
        artifactId: 'x-1',
        intent: 'release-artifact',
        releasedBy: { name: '', email: 'a@b' },
      },
    ],
    [
      'without an address',
      '[dev/a] release x-1',
      {
        environment: 'dev',
        service: 'a',
        artifactId: 'x-1',
        intent: 'release-artifact',
      },
    ],
    [
      'an old rollback',
      '[dev/a] rollback x-1 to y-2 by a@b',
      { intent: 'rollback', leftArtifactId: 'x-1', artifactId: 'y-2' },
    ],
    [
      'the trap: any title of two words',
      '[docs/readme] fix typo',
      { environment: 'docs', service: 'readme', artifactId: 'typo' },
    ],
    ['an artifact commit', '[dev/a] artifact x-1 by a@b', undefined],
    ['one word', '[dev/a] release', undefined],
    [
      'a policy commit',
      "[a] policy update: apply auto-release in 'dev'",
      undefined,
    ],
    ['no brackets', 'release x-1', undefined],
    ['nothing', '', undefined],
    [
      'an intent alone',
      'some title\n\nRelease-intent: Promote\nService: a\nEnvironment: dev\n',
      { environment: 'dev', service: 'a', intent: 'promote' },
    ],
    [
      'an artifact commit with trailers',
      '[dev/a] artifact x-1\n\nRelease-intent: Promote\n',
      undefined,
    ],
    [
      'a broken run: trailers above a text are none',
      '[dev/a] release x-1\n\nService: b\n\nfree text\n\nEnvironment: prod',
      { service: 'a', environment: 'prod' },
    ],
    [
      'a duplicate: the first wins',
      't\n\nRelease-intent: Promote\nService: a\nService: b',
      { service: 'a' },
    ],
    [
      'a key with a space is no trailer',
      't\n\nRelease intent: Promote',
      undefined,
    ],
    [
      'ends of lines that are none to it',
      't\n\nService: a\r\nNote: x\u2028y\r\nRelease-intent: Promote\r\n',
      { service: 'a', intent: 'promote' },
    ],
    [
      'an unknown intent',
      't\n\nRelease-intent: Other\nService: a',
      { intent: 'release-artifact' },
    ],
    [
      'extra trailers',
      't\n\nRelease-intent: Promote\nService: a\nApproved-by: x: y',
      { service: 'a' },
    ],
  ])('reads %s', (_, text, expected) => {
    const claimed = readReleaseMessage(text);
    const found: Record<string, unknown> | undefined = claimed && {
      ...claimed,
    };
    // Of what was found, that which the case is about.
    const kept =
      found && Object.keys(expected ?? found).map(key => [key, found[key]]);
    expect(kept && Object.fromEntries(kept)).toEqual(expected);
  });

  it('never throws and takes no time on anything', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 2_000 }),
      fc
        .array(
          fc.constantFrom(
            '[',
            'a/',
            '] ',
            'b ',
            ' to ',
            ' by ',
            '\n',
            'K: v',
            'x',
          ),
          { maxLength: 2_000 },
        )
        .map(parts => `[a/${parts.join('')}`),
      fc.constantFrom(
        `[a/${'] a'.repeat(5_000)}`,
        `[a/b] ${'a '.repeat(5_000)}:`,
        `${'K: v\n'.repeat(20_000)}`,
      ),
    );
    const took = measureCpuMs(() =>
      fc.assert(
        fc.property(hostile, text => {
          readReleaseMessage(text);
        }),
        { numRuns: 300 },
      ),
    );
    expect(took).toBeLessThan(4_000);
  });
});

describe('readPath', () => {
  it('reads what the layout writes', () => {
    fc.assert(
      fc.property(name, name, name, (environment, folder, service) => {
        const place = { environment, folder, service };
        expect(
          readPath(releaseManagerLayout.formatArtifactPath(place)),
        ).toEqual({ kind: 'artifact', ...place });
        expect(
          readPath(releaseManagerLayout.formatPolicyPath(service)),
        ).toEqual({ kind: 'policy', service });
      }),
    );
  });

  it.each([
    ['dev/releases/ns/a', 'release-folder'],
    ['dev/releases/ns/a/40-deployment.yaml', 'manifest'],
    ['dev/releases/ns/a/sub/artifact.json', 'manifest'],
    ['clusters/dev/ns/a.yaml', 'manifest'],
    ['clusters/dev/ns/a.txt', 'other'],
    ['dev/releases', 'environment-folder'],
    ['dev/releases/ns', 'other'],
    ['policies/a.json', 'policy'],
    ['policies/a.txt', 'other'],
    ['ground-control.yaml', 'policy'],
    ['README.md', 'other'],
    ['', 'other'],
  ])('reads %s as %s', (path, kind) => {
    expect(readPath(path).kind).toBe(kind);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), path => void readPath(path)));
  });
});

describe('readArtifact', () => {
  const read = (value: unknown) =>
    readArtifact(Buffer.from(JSON.stringify(value)));

  it('reads what a build writes', () => {
    expect(
      readArtifact(Buffer.from(artifactJson({ service: 'ledger', number: 3 }))),
    ).toEqual({
      id: 'master-0000000400-0000000700',
      service: 'ledger',
      namespace: '',
      squad: 'falcon',
      branch: 'master',
      commit: '0000000400000004000000040000000400000004',
      message: 'change 3',
      author: { name: 'Ada', email: 'ada@example.com' },
      commitUrl:
        'https://git.example.com/ledger/commit/0000000400000004000000040000000400000004',
      planCommit: '0000000700000007000000070000000700000007',
      ciUrl: 'https://ci.example.com/ledger/3',
      builtAt: '2026-01-01T07:16:40.000Z',
      tests: {
        passed: 10,
        failed: 0,
        skipped: 1,
        url: 'https://ci.example.com/t',
      },
      images: ['ledger:x'],
    });
  });

  it('takes no unset time, no wrong number and no other scheme for a value', () => {
    const read_ = read({
      id: 'x',
      application: { url: SCRIPT_URL, sha: 'not a sha' },
      ci: { jobUrl: 'https://u:canary@host/', end: '0001-01-01T00:00:00Z' },
      stages: [
        {
          id: 'test',
          data: { results: { passed: '3', failed: 0, skipped: 0 } },
        },
        'rubbish',
        { id: 'snyk-code', data: { vulnerabilities: { high: 1 } } },
      ],
    });
    expect(read_).toEqual({ id: 'x', service: '', namespace: '', images: [] });
  });

  it('keeps what a wrong neighbour would have taken with it', () => {
    expect(
      read({
        id: 'x',
        squad: 7,
        application: { branch: ['m'], sha: 'ABCDEF0' },
      }),
    ).toMatchObject({ id: 'x', commit: 'abcdef0' });
  });

  it.each<[string, string]>([
    ['rubbish', '{"id": "x", canary'],
    ['nothing', ''],
    ['another kind', '[1, 2, "canary"]'],
    ['null', 'null'],
    ['no id', '{"service": "canary"}'],
    ['an empty id', '{"id": "\\u0000 "}'],
    ['an endless id', JSON.stringify({ id: 'canary'.repeat(200) })],
    ['an id of another kind', '{"id": {"canary": 1}}'],
  ])('says what is wrong with %s, without quoting it', (_, text) => {
    const result = readArtifact(Buffer.from(text));
    expect(result).toHaveProperty('fault');
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('never throws, and yields only what a database and a line can hold', () => {
    const field = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue());
    const like = fc.record(
      {
        id: fc.string({ unit: 'binary', minLength: 1 }),
        squad: field,
        namespace: field,
        application: fc.oneof(
          fc.record({
            branch: field,
            sha: field,
            message: field,
            url: field,
            authorName: field,
          }),
          field,
        ),
        ci: field,
        stages: fc.oneof(
          fc.array(
            fc.record({
              id: fc.constantFrom('test', 'push', 'snyk-code'),
              data: field,
            }),
          ),
          field,
        ),
      },
      { requiredKeys: ['id'] },
    );
    fc.assert(
      fc.property(like, value => {
        const text = JSON.stringify(read(value));
        // eslint-disable-next-line no-control-regex
        expect(JSON.parse(text).squad ?? '').not.toMatch(/[\x00-\x08]/);
        expect(text).not.toMatch(/\\ud[89a-f]/i);
        expect(text).not.toMatch(/"(?:commitUrl|ciUrl)":"(?!https?:)/);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        readArtifact(Buffer.from(bytes));
      }),
    );
  });

  it('keeps names on one line that reads as it stands, and lines in messages', () => {
    expect(
      read({
        id: 'master-1\n--output=\u202e2',
        squad: 'a\tb',
        application: { message: 'one\u202e\u0007\n\n two' },
      }),
    ).toMatchObject({
      id: 'master-1 --output=2',
      squad: 'a b',
      message: 'one\n\ntwo',
    });
  });
});

describe('readWebUrl', () => {
  it.each([
    ['https://host/x', true],
    ['http://host', true],
    [SCRIPT_URL, false],
    ['data:text/html,x', false],
    ['//host/x', false],
    [' https://host', false],
    ['https://user:pw@host/', false],
    [undefined, false],
  ])('%j: %s', (url, taken) => {
    expect(readWebUrl(url) !== undefined).toBe(taken);
  });
});

describe('findPolicyFault', () => {
  const find = (text: string) => findPolicyFault(Buffer.from(text), 'a');
  const good = {
    service: 'a',
    autoReleases: [{ id: 'x', branch: 'master', environment: 'dev' }],
    branchRestrictions: [
      { id: 'y', branchRegex: '^master$', environment: 'prod' },
    ],
  };

  it.each(['', ' \n', '{}', JSON.stringify(good), '{"autoReleases": null}'])(
    'takes %s',
    text => {
      expect(find(text)).toBeUndefined();
    },
  );

  it.each([
    'canary',
    '[]',
    '{"service": "canary"}',
    '{"canary": 1}',
    '{"autoReleases": [{"branch": 1, "environment": "canary"}]}',
    '{"autoReleases": [{"branch": "m", "environment": "dev", "canary": 1}]}',
  ])('finds a fault in %s and does not quote it', text => {
    expect(find(text)?.fault).toBeDefined();
    expect(find(text)?.fault).not.toContain('canary');
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), t => void find(t)));
  });
});
