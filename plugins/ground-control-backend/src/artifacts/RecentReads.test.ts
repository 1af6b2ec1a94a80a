import { StoredFiles } from '@ground-control/backstage-plugin-ground-control-node';
import { RecentReads } from './RecentReads';

const KEY = { service: 'ledger-api', artifactId: 'master-1' };
const PROD = { environment: 'prod' };
const MIB = 1024 * 1024;

function makeFiles(digest: string, bytes = 3): StoredFiles {
  const content = Buffer.alloc(bytes);
  return { digest, files: [{ path: 'artifact.json', content }] };
}

describe('What was read of an artifact store lately', () => {
  let now: number;
  let answer: () => Promise<StoredFiles>;
  let asked: string[];
  let reads: RecentReads;

  beforeEach(() => {
    now = 1_000;
    asked = [];
    answer = async () => makeFiles('a');
    const readFiles = (
      { artifactId }: typeof KEY,
      { environment }: typeof PROD,
    ) => {
      asked.push(`${artifactId} ${environment}`);
      return answer();
    };
    reads = new RecentReads({ readFiles }, () => now);
  });

  it('is read again after 20 seconds, and at once where it counts', async () => {
    const steps: Array<
      [kind: 'fresh' | 'recent', at: number, asked: boolean, digest: string]
    > = [
      ['recent', 0, true, 'a'],
      ['recent', 19_999, false, 'a'],
      ['recent', 20_001, true, 'b'],
      ['fresh', 20_002, true, 'c'],
      // What somebody's decision found is what the page shows next.
      ['recent', 20_003, false, 'c'],
      ['recent', 40_001, false, 'c'],
      ['recent', 40_003, true, 'd'],
    ];
    const digests = ['a', 'b', 'c', 'd'];
    answer = async () => makeFiles(digests.shift()!);
    for (const [kind, at, isAsked, digest] of steps) {
      now = 1_000 + at;
      const before = asked.length;
      const found = await reads[kind].readFiles(KEY, PROD);
      expect([at, asked.length > before, found]).toMatchObject([
        at,
        isAsked,
        { digest },
      ]);
    }
  });

  it('is of one artifact and environment', async () => {
    const other = { ...KEY, artifactId: 'master-2' };
    await reads.recent.readFiles(KEY, PROD);
    await reads.recent.readFiles(other, PROD);
    await reads.recent.readFiles(KEY, { environment: 'dev' });
    expect(asked).toEqual(['master-1 prod', 'master-2 prod', 'master-1 dev']);
  });

  it.each<[string, () => Promise<StoredFiles>]>([
    ['isn’t there', async () => ({ fault: 'It is gone', missing: true })],
    [
      'can’t be read',
      async () => {
        throw new Error('refused');
      },
    ],
  ])('is nothing where an artifact %s', async (_, fault) => {
    await reads.recent.readFiles(KEY, PROD);
    answer = fault;
    await reads.fresh.readFiles(KEY, PROD).catch(() => undefined);
    const before = asked.length;
    answer = async () => makeFiles('b');
    expect(await reads.recent.readFiles(KEY, PROD)).toMatchObject({
      digest: 'b',
    });
    expect(asked).toHaveLength(before + 1);
  });

  it('is never much in memory: what was read first goes first', async () => {
    answer = async () => makeFiles('a', 30 * MIB);
    const key = (n: number) => ({ ...KEY, artifactId: `master-${n}` });
    for (const n of [1, 2, 3]) await reads.recent.readFiles(key(n), PROD);
    asked = [];
    for (const n of [3, 2, 1]) await reads.recent.readFiles(key(n), PROD);
    expect(asked).toEqual(['master-1 prod']);
  });
});
