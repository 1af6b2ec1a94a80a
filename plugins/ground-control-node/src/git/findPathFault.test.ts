import { findPathFault } from './findPathFault';

describe('findPathFault', () => {
  it.each([
    'dev/releases/dev/ledger/artifact.json',
    'a b/ü/"quoted"',
    '.gitignore',
    'x/.gitkeep',
    '--upload-pack=x',
    'a..b/...',
  ])('takes %j', path => {
    expect(findPathFault(path)).toBeUndefined();
  });

  it.each([
    '',
    '/etc/passwd',
    'a//b',
    'a/',
    '..',
    '../../etc',
    'a/../b',
    './a',
    'a/.git/config',
    'a/.GIT/config',
    'a/.git./x',
    'a/.git ',
    'a/git~1/x',
    'a/.git::$INDEX_ALLOCATION/x',
    'a/.g\u200cit/config',
    'a\nb',
    'a\0b',
    'a\u2028b',
    'a\\..\\b',
    'a/\ud800',
    `a/${'å'.repeat(128)}`,
    'x/'.repeat(2049).slice(0, 4097),
  ])('refuses %j', path => {
    expect(findPathFault(path)).toMatch(/^(may|must) /);
  });
});
