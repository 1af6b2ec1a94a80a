import fc from 'fast-check';
import { findBranchNameFault } from './branchName';
import { isObjectId, requireObjectId } from './objectId';
import { parseRemoteUrl } from './remoteUrl';

describe('parseRemoteUrl', () => {
  it.each([
    ['https://git.example.com/a/b.git', 'https://git.example.com'],
    ['http://localhost:8080/a', 'http://localhost:8080'],
    ['ssh://git@git.example.com/a/b.git', undefined],
    ['git@git.example.com:a/b.git', undefined],
    ['file:///srv/git/a', undefined],
    ['/srv/git/a', undefined],
  ])('takes %s', (text, origin) => {
    expect(parseRemoteUrl(text).origin).toBe(origin);
  });

  it.each([
    '',
    '-u',
    '--upload-pack=touch /x',
    'ext::sh -c id',
    'ext::sh',
    'fd::17',
    'a b',
    'https://x\ny',
    'ftp://host/x',
    'host:-oProxyCommand=x',
    'ssh://-oProxyCommand=x/y',
    'relative/path',
    'https://100%user@host/x',
  ])('refuses %j', text => {
    expect(() => parseRemoteUrl(text)).toThrow();
  });

  it.each([
    'https://user:canary-4711@host/x',
    'ssh://user:canary-4711@host/x',
    'user:canary-4711@host:x',
    'https:/user:canary-4711@host/x',
  ])('refuses the password in %s without repeating it', text => {
    let message = '';
    try {
      parseRemoteUrl(text);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/password/);
    expect(message).not.toContain('canary-4711');
  });

  it('takes user and query out of the label', () => {
    expect(parseRemoteUrl('https://me@host/x?token=t#f')).toEqual({
      url: 'https://host/x?token=t#f',
      label: 'https://host/x',
      origin: 'https://host',
      username: 'me',
    });
  });

  it('never yields something that git would take for an option', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        let result: string;
        try {
          result = parseRemoteUrl(text).url;
        } catch (error) {
          result = (error as Error).name;
        }
        expect(result).not.toMatch(/^-|::|\n|^(?!InputError)\w+Error$/);
      }),
    );
  });
});

describe('findBranchNameFault', () => {
  it.each(['main', 'master', 'feature/x', 'a.b', 'été'])('takes %s', name => {
    expect(findBranchNameFault(name)).toBeUndefined();
  });
  it.each([
    '',
    '-x',
    '@',
    'a..b',
    'a b',
    'a\nb',
    'a:b',
    'a/.b',
    'a.lock',
    'a//b',
    '/a',
    'a/',
    'a.',
    'a@{1}',
    'x'.repeat(256),
  ])('refuses %j', name => {
    expect(findBranchNameFault(name)).toBeDefined();
  });
});

describe('objectId', () => {
  it('takes only full ids', () => {
    expect(isObjectId('a'.repeat(40))).toBe(true);
    expect(isObjectId('a'.repeat(64))).toBe(true);
    expect(isObjectId(`${'a'.repeat(40)}\n`)).toBe(false);
    expect(isObjectId('HEAD')).toBe(false);
    expect(() => requireObjectId('--all')).toThrow(/full id/);
  });
});
