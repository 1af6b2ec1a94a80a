import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { findAlertCluster } from './findAlertCluster';

const SECRETS = new Map([
  ['aws-1', 'canary-secret-of-aws-1'],
  ['gcp-1', 'canary-secret-of-gcp-1'],
]);

function sign(body: string | Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function find(body: string, signature?: string | string[]) {
  return findAlertCluster({ signature, rawBody: Buffer.from(body) }, SECRETS);
}

const alertOf = (cluster: unknown) => JSON.stringify({ metadata: { cluster } });

describe('findAlertCluster', () => {
  it('finds the cluster that signed the alert that names it', () => {
    for (const [cluster, secret] of SECRETS) {
      const body = alertOf(cluster);
      expect(find(body, sign(body, secret))).toBe(cluster);
    }
  });

  it.each<[string, string, (body: string) => string | string[] | undefined]>([
    ['no signature', alertOf('aws-1'), () => undefined],
    ['an empty signature', alertOf('aws-1'), () => ''],
    [
      'a part of one',
      alertOf('aws-1'),
      b => sign(b, SECRETS.get('aws-1')!).slice(0, -1),
    ],
    [
      'one of another method',
      alertOf('aws-1'),
      b => sign(b, SECRETS.get('aws-1')!).replace('sha256', 'sha1'),
    ],
    ['several', alertOf('aws-1'), b => [sign(b, SECRETS.get('aws-1')!)]],
    [
      'one of another body',
      alertOf('aws-1'),
      b => sign(`${b} `, SECRETS.get('aws-1')!),
    ],
    [
      'the secret of another cluster',
      alertOf('aws-1'),
      b => sign(b, SECRETS.get('gcp-1')!),
    ],
    ['an empty secret', alertOf('aws-1'), b => sign(b, '')],
    ['a cluster that nobody configured', alertOf('azure-1'), b => sign(b, '')],
    ['a name of every object', alertOf('__proto__'), b => sign(b, '')],
    ['no name', '{"metadata":{}}', b => sign(b, SECRETS.get('aws-1')!)],
    [
      'a name that is no text',
      alertOf(['aws-1']),
      b => sign(b, SECRETS.get('aws-1')!),
    ],
    ['no metadata', 'null', b => sign(b, SECRETS.get('aws-1')!)],
    ['no JSON', '{"metadata":', b => sign(b, SECRETS.get('aws-1')!)],
    ['depths', '['.repeat(200_000), b => sign(b, SECRETS.get('aws-1')!)],
  ])('refuses %s', (_, body, signature) => {
    expect(find(body, signature(body))).toBeUndefined();
  });

  it('refuses whatever else there is', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (body, signature) => {
        expect(find(body, signature)).toBeUndefined();
        expect(find(alertOf('aws-1'), signature)).toBeUndefined();
      }),
    );
  });
});
