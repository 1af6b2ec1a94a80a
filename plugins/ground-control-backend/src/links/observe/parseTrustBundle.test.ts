import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { makeRoot, trustRoots } from '../__testUtils__/objects';
import { observeTrustRoots } from './observeTrustRoots';
import { parseTrustBundle } from './parseTrustBundle';

let old: string;
let young: string;

beforeAll(async () => {
  old = await makeRoot('root.linkerd.cluster.local', '2027-01-01T00:00:00Z');
  young = await makeRoot('root.linkerd.cluster.local', '2035-06-01T12:30:00Z');
});

const broken = () => young.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAA');

describe('parseTrustBundle', () => {
  it('reads all certificates, each once', () => {
    const { roots, fault } = parseTrustBundle(`# ours\n${old}\n${young}${old}`);
    expect(fault).toBeUndefined();
    const print = (pem: string) =>
      new X509Certificate(pem).fingerprint256.replace(/:/g, '').toLowerCase();
    expect(roots).toEqual([
      {
        fingerprint: print(old),
        subject: expect.stringContaining('CN=root.linkerd.cluster.local'),
        notAfter: '2027-01-01T00:00:00.000Z',
      },
      expect.objectContaining({
        fingerprint: print(young),
        notAfter: '2035-06-01T12:30:00.000Z',
      }),
    ]);
    expect(roots[0].fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says that one is broken, and reads the others', () => {
    const parsed = parseTrustBundle(`${broken()}${old}`);
    expect(parsed.roots).toHaveLength(1);
    expect(parsed.fault).toBe(
      "Of 2 certificates of the bundle, 1 can't be read",
    );
    // Cut off in the middle, as an editor may leave it.
    const cut = parseTrustBundle(`${old}${young.slice(0, 200)}`);
    expect(cut.roots).toHaveLength(1);
    expect(cut.fault).toMatch(/^Of 2 .* 1 can't be read$/);
  });

  it.each([
    ['', /no certificate/],
    ['x'.repeat(300_000), /too long/],
    ['-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', /1 can't/],
    ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', /no cert/],
  ])('has no roots of %.30j', (text, fault) => {
    const parsed = parseTrustBundle(text);
    expect(parsed.roots).toEqual([]);
    expect(parsed.fault).toMatch(fault);
  });

  it('holds no more than so many', () => {
    const { roots, fault } = parseTrustBundle(old.repeat(60));
    expect(roots).toHaveLength(1);
    expect(fault).toMatch(/Of 60 .* 10 can't/);
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '-----BEGIN CERTIFICATE-----',
        '-----END CERTIFICATE-----',
        '\n',
        'MIIB',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const { roots, fault } = parseTrustBundle(pieces.join(''));
        expect(roots).toEqual([]);
        expect(fault).toBeDefined();
      }),
    );
  });
});

describe('observeTrustRoots', () => {
  it('reads the ConfigMap of that name alone', () => {
    expect(observeTrustRoots(trustRoots(old))).toMatchObject({
      namespace: 'linkerd',
      roots: [{ notAfter: '2027-01-01T00:00:00.000Z' }],
    });
    const other = trustRoots(old);
    other.metadata.name = 'another';
    expect(observeTrustRoots(other)).toBeUndefined();
  });

  it.each([[undefined], [3], [null], [['x']]])(
    'has no bundle in %j',
    bundle => {
      expect(observeTrustRoots(trustRoots(bundle))).toMatchObject({
        roots: [],
        fault: 'It has no ca-bundle.crt',
      });
    },
  );
});
