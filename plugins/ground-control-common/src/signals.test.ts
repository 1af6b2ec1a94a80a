import { ChangeSignal, concernsReader } from './signals';

describe('concernsReader', () => {
  type Kinds = ChangeSignal['kind'][] | undefined;
  type Marks = string[] | undefined;
  it.each<[string, Marks, Kinds, Marks, boolean]>([
    ['any kind', undefined, undefined, undefined, true],
    ['a kind that counts', undefined, ['clusters', 'releases'], ['a'], true],
    ['a kind that does not', undefined, ['clusters'], undefined, false],
    ['squads, to a page of all', ['a'], ['releases'], undefined, true],
    ['own squad among them', ['a', 'b'], ['releases'], ['c', 'b'], true],
    ['other squads', ['a', 'b'], ['releases'], ['c'], false],
    ['no squad', [], ['releases'], ['c'], false],
    ['no squad, to a page of all', [], ['releases'], undefined, true],
    ['a reader without squads', ['a'], ['releases'], [], false],
    ['all, to a reader without squads', undefined, ['releases'], [], true],
  ])('%s', (_, named, kinds, marks, concerns) => {
    const signal = { kind: 'releases' as const, marks: named };
    expect(concernsReader(signal, kinds, marks)).toBe(concerns);
  });
});
