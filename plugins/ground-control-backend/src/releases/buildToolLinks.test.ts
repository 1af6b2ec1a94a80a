import fc from 'fast-check';
import { buildRevisionUrl, buildToolLinks } from './buildToolLinks';

const values = {
  service: 'ledger-api',
  namespace: 'payments',
  environment: 'prod',
  squad: 'squad-ledger',
  artifactId: 'master-1-2',
};
const link = (url: string, environments?: string[]) => ({
  title: 'T',
  kind: 'logs',
  url,
  environments,
});
const urls = (url: string, given: object = values, environments?: string[]) =>
  buildToolLinks([link(url, environments)], given as typeof values).map(
    l => l.url,
  );

describe('buildToolLinks', () => {
  it('fills every placeholder, as often as it stands there', () => {
    expect(
      urls(
        'https://x.example/{namespace}/{service}?e={environment}&s={squad}&a={artifactId}&s={service}',
      ),
    ).toEqual([
      'https://x.example/payments/ledger-api?e=prod&s=squad-ledger&a=master-1-2&s=ledger-api',
    ]);
  });

  it.each([
    ['vbscript:alert(1)//{service}', values],
    ['{service}', { ...values, service: 'vbscript:alert(1)' }],
    ['data:text/html,{service}', values],
    ['/relative/{service}', values],
    ['https://x.example/{unknown}', values],
    ['https://x.example/{squad}', { ...values, squad: undefined }],
    ['https://x.example/{constructor}', values],
    ['https://x.example/a/{service}/b', { ...values, service: '..' }],
  ])('leaves out %s', (url, given) => {
    expect(urls(url, given)).toEqual([]);
  });

  it('keeps to the environments of the link', () => {
    expect(urls('https://x.example/', values, ['prod'])).toHaveLength(1);
    expect(urls('https://x.example/', values, ['dev'])).toHaveLength(0);
  });

  it('gets over half a character', () => {
    expect(
      urls('https://x.example/{service}', { ...values, service: 'a\ud800' }),
    ).toEqual(['https://x.example/a%EF%BF%BD']);
  });

  it('lets no value leave its place in the URL', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
          .filter(text => text !== '.' && text !== '..'),
        service => {
          const [url] = urls('https://x.example/a/{service}/b?q={service}#c', {
            ...values,
            service,
          });
          const parsed = new URL(url);
          expect(parsed.origin).toBe('https://x.example');
          expect(parsed.pathname.split('/')).toHaveLength(4);
          expect(parsed.hash).toBe('#c');
          expect(parsed.searchParams.get('q')).toBe(service);
          expect([...parsed.searchParams.keys()]).toEqual(['q']);
        },
      ),
    );
  });
});

describe('buildRevisionUrl', () => {
  it('needs a template that is http or https', () => {
    const revision = 'abc';
    expect(buildRevisionUrl('https://x.example/{revision}', revision)).toBe(
      'https://x.example/abc',
    );
    expect(buildRevisionUrl(undefined, revision)).toBeUndefined();
    expect(buildRevisionUrl('ftp://x/{revision}', revision)).toBeUndefined();
  });
});
