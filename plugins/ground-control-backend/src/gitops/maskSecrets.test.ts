import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { measureCpuMs } from '../__testUtils__/measureCpuMs';
import { MASK, maskSecrets } from './maskSecrets';

const KEY = Buffer.alloc(32, 1);
const mask = (text: string | Buffer) => {
  const { content, hash } = maskSecrets(Buffer.from(text), KEY);
  return { text: content.toString(), hash };
};
const secret = (value: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db' },
  stringData: { password: value },
});
const CONFIG = 'kind: ConfigMap # of the secret team\ndata:\n  a: "1"\n';

describe('maskSecrets', () => {
  it('replaces values and keeps keys', () => {
    const { text, hash } = mask(stringify(secret('canary')));
    expect(parse(text).stringData).toEqual({ password: MASK });
    expect(text).toContain('name: db');
    expect(text).not.toContain('canary');
    expect(hash).toBeDefined();
  });

  it('leaves everything else to the byte', () => {
    expect(mask(CONFIG)).toEqual({ text: CONFIG, hash: undefined });
    const role = 'kind: Role\nrules:\n- resources: [secrets]   # why\n';
    expect(mask(role).text).toBe(role);
    const flux =
      'kind: Kustomization\nspec:\n  substituteFrom:\n    - kind: Secret\n      name: x\n';
    expect(mask(flux).text).toBe(flux);
    const binary = Buffer.from([0, 255, 254, 1, 200]);
    expect(maskSecrets(binary, KEY).content).toEqual(binary);
  });

  it.each<[string, string]>([
    [
      'another document',
      `${CONFIG}---\n${stringify(secret('canary'))}---\n${CONFIG}`,
    ],
    [
      'an item of a List',
      stringify({
        kind: 'List',
        items: [{ kind: 'ConfigMap' }, secret('canary')],
      }),
    ],
    ['JSON', JSON.stringify(secret('canary'))],
    [
      'an annotation of kubectl',
      stringify({
        ...secret('x'),
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(
              secret('canary'),
            ),
          },
        },
      }),
    ],
    [
      'an annotation on something else',
      stringify({
        kind: 'ConfigMap',
        metadata: { annotations: { a: JSON.stringify(secret('canary')) } },
      }),
    ],
    [
      'a manifest within a text',
      stringify({
        kind: 'ConfigMap',
        data: { file: stringify(secret('canary')) },
      }),
    ],
    ['a comment', 'kind: Secret\ndata:\n  # was canary\n  a: eA==\n'],
    ['broken YAML', 'kind: Secret\ndata:\n  a: "canary\n  b: [\n'],
    ['a key twice', 'kind: ConfigMap\nkind: Secret\ndata:\n  a: canary\n'],
    ['data twice', 'kind: Secret\ndata:\n  a: canary\ndata:\n  a: canary2\n'],
    [
      'an anchor',
      'metadata:\n  labels: &x\n    a: b\nkind: Secret\ndata:\n  <<: *x\n  a: canary\n',
    ],
    [
      'an anchor beside data',
      'kind: Secret\nx-shared: &x\n  a: canary\nstringData: *x\n',
    ],
    [
      'an alias of data',
      'kind: Secret\nstringData: &x\n  a: canary\nmetadata:\n  labels: *x\n',
    ],
    [
      'an alias of one value',
      'kind: List\nitems:\n- kind: Secret\n  data:\n    a: &x canary\n- kind: ConfigMap\n  data:\n    b: *x\n',
    ],
    ['an anchored kind', 'a: &k Secret\nkind: *k\ndata:\n  a: canary\n'],
    ['a merged kind', 'a: &k\n  kind: Secret\n<<: *k\ndata:\n  a: canary\n'],
    ['an escaped kind', '"k\\u0069nd": "\\u0053ecret"\ndata:\n  a: canary\n'],
    ['a binary kind', 'kind: !!binary U2VjcmV0\ndata:\n  a: canary\n'],
    [
      'a block text',
      'kind: Secret\nstringData:\n  a: |\n    first\n    canary\n',
    ],
    ['a folded kind', 'kind: >-\n  Secret\ndata: {a: canary}\n'],
    ['other letters', 'kind: SECRET\ndata: {a: canary}\n'],
    ['nested values', 'kind: Secret\ndata:\n  a:\n    b: canary\n'],
    ['data that is a text', 'kind: Secret\ndata: canary\n'],
    ['data that is a list', 'kind: Secret\ndata: [canary]\n'],
    ['Windows line ends', 'kind: Secret\r\ndata:\r\n  a: canary\r\n'],
    ['a byte order mark', '\uFEFFkind: Secret\ndata:\n  a: canary\n'],
  ])('masks it in %s', (_, text) => {
    const masked = mask(text);
    expect(masked.text).not.toContain('canary');
    expect(masked.hash).toBeDefined();
  });

  it('masks it in UTF-16', () => {
    const text = '\uFEFFkind: Secret\ndata:\n  a: canary\n';
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const content of [little, big]) {
      const masked = maskSecrets(content, KEY).content;
      expect(masked.toString()).not.toContain('canary');
      expect(masked.toString('utf16le')).not.toContain('canary');
    }
  });

  it('tells whether values are the same, and not what they are', () => {
    const one = mask(stringify(secret('canary')));
    expect(mask(stringify(secret('canary'))).hash).toBe(one.hash);
    expect(mask(stringify(secret('other'))).hash).not.toBe(one.hash);
    expect(
      maskSecrets(Buffer.from(stringify(secret('canary'))), Buffer.alloc(32, 2))
        .hash,
    ).not.toBe(one.hash);
  });

  it('keeps the documents beside a Secret', () => {
    const { text } = mask(
      `${CONFIG}---\n${stringify(secret('canary'))}---\n${CONFIG}`,
    );
    expect(text.split(CONFIG)).toHaveLength(3);
  });

  it('survives an alias bomb', () => {
    const bomb = `a: &a [x, x]\n${Array.from(
      { length: 30 },
      (_, i) =>
        `b${i}: &b${i} [*${i ? `b${i - 1}` : 'a'}, *${i ? `b${i - 1}` : 'a'}]`,
    ).join('\n')}\nkind: Secret\n`;
    const took = measureCpuMs(() => {
      expect(mask(bomb).text).toBe(`${MASK}\n`);
    });
    expect(took).toBeLessThan(2_000);
  });

  it('lets no value through, whatever it is', () => {
    const value = fc
      .stringMatching(/^[A-Za-z0-9 :#{}'"\\&*|>-]{8,40}$/)
      .map(s => `canary${s}`);
    fc.assert(
      fc.property(
        value,
        fc.constantFrom(stringify, JSON.stringify),
        (v, write) => {
          const text = write({
            kind: 'Secret',
            data: { a: v },
            stringData: { b: v },
          });
          expect(mask(text).text).not.toContain('canary');
        },
      ),
    );
  });
});
