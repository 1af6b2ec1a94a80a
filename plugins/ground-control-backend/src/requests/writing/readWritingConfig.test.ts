import { ConfigReader } from '@backstage/config';
import { readWritingConfig } from './readWritingConfig';

const author = { name: 'Ground Control', email: 'gc@example.com' };
const read = (writing?: object) =>
  readWritingConfig(
    new ConfigReader({ configRepository: writing ? { writing } : {} }),
  );

describe('readWritingConfig', () => {
  it('writes nothing unless it is told whose commits they are', () => {
    expect(read()).toBeUndefined();
    expect(readWritingConfig(undefined)).toBeUndefined();
  });

  it('takes the author for the committer', () => {
    expect(read({ author })).toEqual({
      author,
      committer: author,
      signing: undefined,
    });
    const committer = { name: 'Robot', email: 'robot@example.com' };
    expect(read({ author, committer })?.committer).toEqual(committer);
  });

  it('reads how commits are signed', () => {
    expect(
      read({ author, signing: { ssh: { keyFile: '/keys/id' } } })?.signing,
    ).toEqual({ format: 'ssh', keyFile: '/keys/id' });
    expect(
      read({ author, signing: { openpgp: { keyId: 'ABCD' } } })?.signing,
    ).toEqual({ format: 'openpgp', keyId: 'ABCD', home: undefined });
  });

  it.each([
    ['a line break', { author: { ...author, name: 'a\nb' } }, /author\.name/],
    ['a bracket', { author: { ...author, email: 'a>b' } }, /author\.email/],
    [
      'both ways to sign',
      { author, signing: { ssh: {}, openpgp: {} } },
      /not both/,
    ],
    ['no way to sign', { author, signing: {} }, /either ssh or openpgp/],
  ])('refuses %s', (_, writing, message) => {
    expect(() => read(writing)).toThrow(message);
  });
});
