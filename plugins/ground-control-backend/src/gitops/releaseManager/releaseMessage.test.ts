import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { ReleaseToWrite } from '@ground-control/backstage-plugin-ground-control-node';
import { parseCommitInfo } from './__testUtils__/parseCommitInfo';
import { formatReleaseMessage, readReleaseMessage } from './releaseMessage';

/** Written by hand from the description of the format. */
const golden = (name: string) =>
  readFileSync(
    join(
      dirname(require.resolve('@internal/sandbox/package.json')),
      'src/__fixtures__/golden',
      name,
    ),
    'utf8',
  );

const base: ReleaseToWrite = {
  environment: 'dev',
  service: 'ledger-api',
  artifactId: 'master-1a2b3c4d5e-6f7a8b9c0d',
  intent: 'release-artifact',
  releasedBy: { name: 'Ana Ruiz', email: 'ana.ruiz@bank.example' },
  createdBy: { name: 'Søren Møller', email: 'soeren.moeller@bank.example' },
  trailers: [],
};

describe('formatReleaseMessage', () => {
  it.each<[string, Partial<ReleaseToWrite>]>([
    ['release-artifact.txt', { environment: 'prod' }],
    ['release-branch.txt', { intent: 'release-branch', ofBranch: 'master' }],
    [
      'promote.txt',
      { intent: 'promote', environment: 'staging', fromEnvironment: 'dev' },
    ],
    [
      'rollback.txt',
      {
        intent: 'rollback',
        environment: 'prod',
        leftArtifactId: 'master-9f8e7d6c5b-6f7a8b9c0d',
      },
    ],
    ['auto-release.txt', { intent: 'auto-release' }],
  ])('writes %s byte for byte', (name, more) => {
    expect(formatReleaseMessage({ ...base, ...more })).toBe(golden(name));
  });

  it('puts our trailers into the same run, after its own', () => {
    const message = formatReleaseMessage({
      ...base,
      environment: 'prod',
      trailers: [
        ['Release-request', 'REQ-7'],
        ['Approved-by', 'Bo Lind <bo.lind@bank.example>'],
        ['Audit-head', `12 ${'a'.repeat(64)}`],
      ],
    });
    expect(message).toBe(
      `${golden('release-artifact.txt')}Release-request: REQ-7\n` +
        `Approved-by: Bo Lind <bo.lind@bank.example>\n` +
        `Audit-head: 12 ${'a'.repeat(64)}\n`,
    );
  });

  it('adds only the line of its intent', () => {
    const message = formatReleaseMessage({
      ...base,
      intent: 'promote',
      fromEnvironment: 'dev',
      ofBranch: 'master',
      leftArtifactId: 'x',
    });
    expect(message).toContain('Promoted-from-environment: dev\n');
    expect(message).not.toMatch(/Release-of-branch|Rollback-of/);
  });

  it('names somebody without an address, and an address without a name', () => {
    const read = (releasedBy: ReleaseToWrite['releasedBy']) =>
      readReleaseMessage(formatReleaseMessage({ ...base, releasedBy }))
        ?.releasedBy;
    const nameless = { name: 'Ana', email: '' };
    expect(read(nameless)).toEqual(nameless);
    const bare = { name: '', email: 'ana@bank.example' };
    expect(read(bare)).toEqual(bare);
    expect(formatReleaseMessage({ ...base, releasedBy: nameless })).toMatch(
      /^\[dev\/ledger-api\] release \S+\n/,
    );
  });

  it.each([
    ['[dev/a] rollback x-1 to y-2 by a@b', 'x-1', 'a@b'],
    ['[dev/a] rollback x-1 to y-2', 'x-1', ''],
    ['[dev/a] rollback y-2 by a@b', undefined, 'a@b'],
    [
      '[dev/a] rollback x-1 to y-2 by a@b\n\nRollback-of-artifact-id: z-3\n',
      'z-3',
      'a@b',
    ],
  ])(
    'reads an old rollback as release-manager does: %j',
    (message, left, by) => {
      const about = { environment: 'dev', service: 'a', artifactId: 'y-2' };
      expect(parseCommitInfo(message)).toMatchObject({
        ...about,
        intent: 'Rollback',
        releasedBy: { name: '', email: by },
      });
      expect(parseCommitInfo(message)!.leftArtifactId).toBe(left);
      expect(readReleaseMessage(message)).toEqual({
        ...about,
        intent: 'rollback',
        ...(left && { leftArtifactId: left }),
        ...(by && { releasedBy: { name: '', email: by } }),
      });
    },
  );

  it('lets no value pose as another line, whatever is in it', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '\n',
            '\r\n',
            '\u2028',
            '\u0085',
            '\0',
            'Release-intent: Rollback',
            'Approved-by: Eve <eve@x>',
            ' <fake@bank.example>',
            'Service: other',
            '] ',
            '[prod/x] ',
            ' by ',
            'a',
          ),
        )
        .map(parts => parts.join('')),
    );
    const person = fc.record({ name: hostile, email: hostile });
    const release = fc.record({
      environment: fc.constant('prod'),
      service: fc.constant('ledger'),
      artifactId: fc.constant('master-1-2'),
      intent: fc.constantFrom(
        'release-artifact' as const,
        'release-branch' as const,
        'promote' as const,
        'rollback' as const,
        'auto-release' as const,
      ),
      releasedBy: person,
      createdBy: person,
      fromEnvironment: hostile,
      ofBranch: hostile,
      leftArtifactId: hostile,
      trailers: fc.array(
        fc.tuple(fc.constantFrom('Release-request', 'Approved-by'), hostile),
      ),
    });
    const intents = {
      'release-artifact': 'ReleaseArtifact',
      'release-branch': 'ReleaseBranch',
      promote: 'Promote',
      rollback: 'Rollback',
      'auto-release': 'AutoRelease',
    };
    fc.assert(
      fc.property(release, given => {
        const message = formatReleaseMessage(given);
        const theirs = parseCommitInfo(message)!;
        const about = { environment: 'prod', service: 'ledger' };
        expect(theirs).toMatchObject({
          ...about,
          artifactId: 'master-1-2',
          intent: intents[given.intent],
        });
        expect(readReleaseMessage(message)).toMatchObject({
          ...about,
          artifactId: 'master-1-2',
          intent: given.intent,
        });
        const [title, blank, ...trailers] = message.split('\n');
        expect([blank, trailers.pop()]).toEqual(['', '']);
        expect(title).toMatch(/^\[prod\/ledger\] /);
        for (const line of trailers) {
          expect(line).toMatch(/^[A-Za-z-]+: \S/);
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        }
        const approvals = trailers.filter(l => l.startsWith('Approved-by: '));
        const asked = given.trailers.filter(([key]) => key === 'Approved-by');
        expect(approvals.length).toBeLessThanOrEqual(asked.length);
      }),
      { numRuns: 500 },
    );
  });
});
