import * as fc from 'fast-check';
import { parseRepositoryTemplate } from './repositoryTemplate';

const service = {
  namespace: 'payments',
  service: 'ledger-api',
  squad: 'squad-ledger',
};

describe('parseRepositoryTemplate', () => {
  it.each([
    [
      'https://bot@git.example.com/{squad}/{service}.git',
      'https://git.example.com/squad-ledger/ledger-api.git',
      'https://git.example.com/{squad}/{service}.git',
    ],
    [
      'git@git.example.com:{namespace}/{service}.git',
      'git@git.example.com:payments/ledger-api.git',
      'git@git.example.com:{namespace}/{service}.git',
    ],
    [
      'https://git.example.com/monorepo.git',
      'https://git.example.com/monorepo.git',
      'https://git.example.com/monorepo.git',
    ],
    [
      '/srv/git/{service}.git',
      '/srv/git/ledger-api.git',
      '/srv/git/{service}.git',
    ],
  ])('fills %s', (text, url, label) => {
    const template = parseRepositoryTemplate(text);
    expect(template.label).toBe(label);
    expect(template.format(service)).toMatchObject({ url });
  });

  it.each([
    ['https://{service}.example.com/x.git', /path alone/],
    ['https://{squad}@git.example.com/x.git', /path alone/],
    ['https://git.example.com:{squad}/x.git', /path alone/],
    ['https://git.example.com/x.git?token={service}', /path alone/],
    ['{service}', /path alone/],
    ['{service}@git.example.com:x', /path alone/],
    ['https://git.example.com/{branch}.git', /isn't one of/],
    ['https://bot:canary@git.example.com/{service}.git', /password/],
    ['ext::sh -c canary {service}', /path alone|spaces|must be/],
  ])('refuses %s, and repeats no password', (text, message) => {
    expect(() => parseRepositoryTemplate(text)).toThrow(message);
    expect(() => parseRepositoryTemplate(text)).not.toThrow(/canary/);
  });

  it.each([
    '',
    '..',
    '-x',
    'a/b',
    'a..b',
    'a b',
    'x@evil.example',
    'x?y',
    'x#y',
    'x%2fy',
    'x\ny',
    'næste',
    'x'.repeat(300),
    '.git',
  ])('makes no URL of a service named %j', name => {
    const template = parseRepositoryTemplate(
      'https://git.example.com/{service}.git',
    );
    expect(template.format({ ...service, service: name })).toEqual({
      fault: expect.stringMatching(/^Its service (?:isn't known|can't be)/),
    });
  });

  it('says that the squad isn’t known', () => {
    const template = parseRepositoryTemplate('/git/{squad}/{service}');
    expect(template.format({ ...service, squad: undefined })).toEqual({
      fault: expect.stringMatching(/^Its squad isn't known/),
    });
  });

  it('never leaves the host or the folder, whatever the names', () => {
    const template = parseRepositoryTemplate(
      'https://git.example.com/all/{namespace}/{service}.git',
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), (namespace, name) => {
        const found = template.format({ namespace, service: name });
        if ('fault' in found) return;
        const { origin, pathname, search, hash } = new URL(found.url);
        expect(origin).toBe('https://git.example.com');
        expect(pathname).toBe(`/all/${namespace}/${name}.git`);
        expect(search + hash).toBe('');
      }),
    );
  });
});
