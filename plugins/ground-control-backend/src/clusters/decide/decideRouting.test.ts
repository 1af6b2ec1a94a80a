import { observeRoutingWeight } from '../observe/observeRoutingWeight';
import { decideRouting } from './decideRouting';

const KEY = 'external-dns.alpha.kubernetes.io/aws-weight';
const weight = (clusterName: unknown, more: object = {}) =>
  observeRoutingWeight({
    spec: { clusterName, annotations: [{ key: KEY, value: '100' }], ...more },
  });
const decide = (...all: ReturnType<typeof weight>[]) =>
  decideRouting(
    all.flatMap(one => one ?? []),
    'aws-prod-1',
  );

describe('what traffic a cluster asks for', () => {
  const asked = { annotations: [{ key: KEY, value: '100' }], dryRun: false };

  it('is what the RoutingWeight says that names it', () => {
    expect(decide()).toBeUndefined();
    expect(decide(weight('az-prod-1'))).toBeUndefined();
    expect(decide(weight('az-prod-1'), weight('aws-prod-1'))).toEqual(asked);
    expect(decide(weight('aws-prod-1', { dryRun: true }))).toEqual({
      ...asked,
      dryRun: true,
    });
  });

  it('is nothing where several do, as the controller has it', () => {
    expect(decide(weight('aws-prod-1'), weight('aws-prod-1'))).toEqual({
      annotations: [],
      dryRun: false,
      conflicting: 2,
    });
  });

  it.each<[string, unknown, unknown]>([
    ['no list', 'a', []],
    ['absent', undefined, []],
    ['of other things', [null, 7, 'a', [], {}], []],
    ['without a value', [{ key: 'a' }], []],
    ['without a key', [{ key: '', value: '1' }], []],
    ['a number', [{ key: 'a', value: 1 }], []],
    ['too long', [{ key: 'a'.repeat(318), value: '1' }], []],
    ['with a line break', [{ key: 'a', value: '1\n2' }], []],
    [
      'empty, which is set as it is',
      [{ key: 'a', value: '' }],
      [{ key: 'a', value: '' }],
    ],
  ])(
    'takes annotations that are %s for what they are',
    (_, annotations, expected) => {
      expect(
        decide(weight('aws-prod-1', { annotations }))?.annotations,
      ).toEqual(expected);
    },
  );

  it('holds no more than anybody needs', () => {
    const annotations = Array.from({ length: 5_000 }, (_, i) => ({
      key: `a/${i}`,
      value: '1',
    }));
    expect(
      decide(weight('aws-prod-1', { annotations }))?.annotations,
    ).toHaveLength(20);
  });

  it.each([undefined, '', 7, 'a\u0000b', 'a'.repeat(254)])(
    'is not told by one that names %j',
    clusterName => expect(weight(clusterName)).toBeUndefined(),
  );

  it.each([null, 'a', [], {}, { spec: null }, { spec: [] }])(
    'is not told by %j',
    object => expect(observeRoutingWeight(object)).toBeUndefined(),
  );
});
