import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { ServicePolicies } from '@ground-control/backstage-plugin-ground-control-node';
import { decodePolicies } from './__testUtils__/decodeStrictly';
import { formatPolicies, readPolicies } from './servicePolicies';

const none: ServicePolicies = { autoReleases: [], branchRestrictions: [] };
/** Written by hand from the description of the format. */
const golden = readFileSync(
  join(
    dirname(require.resolve('@internal/sandbox/package.json')),
    'src/__fixtures__/golden/policies.json',
  ),
  'utf8',
);
const policies: ServicePolicies = {
  autoReleases: [{ branch: 'master', environment: 'dev' }],
  branchRestrictions: [
    { branchRegex: '^(master|hotfix/.*)$', environment: 'prod' },
  ],
};

describe('policies of a service', () => {
  it('are written as release-manager writes them', () => {
    expect(formatPolicies('ledger-api', policies).toString()).toBe(golden);
    expect(readPolicies(Buffer.from(golden), 'ledger-api')).toEqual(policies);
  });

  it('leave empty lists out, and escape what Go escapes', () => {
    expect(formatPolicies('a', none).toString()).toBe(
      '{\n  "service": "a"\n}\n',
    );
    expect(
      formatPolicies('a', {
        ...none,
        branchRestrictions: [
          { branchRegex: '<&>\u2028\u2029"\\\ud800', environment: 'dev' },
        ],
      }).toString(),
    ).toContain(
      String.raw`"branchRegex": "\u003c\u0026\u003e\u2028\u2029\"\\${'\ufffd'}"`,
    );
  });

  it.each(['', ' \n', '{}', '{"autoReleases": null}'])(
    'are none in %j',
    text => {
      expect(readPolicies(Buffer.from(text), 'a')).toEqual(none);
    },
  );

  it('read back, here and by release-manager, whatever is in them', () => {
    const text = fc.string({ unit: 'grapheme' });
    const some = fc.record({
      autoReleases: fc.array(fc.record({ branch: text, environment: text })),
      branchRestrictions: fc.array(
        fc.record({ branchRegex: text, environment: text }),
      ),
    });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), some, (service, given) => {
        const bytes = formatPolicies(service, given);
        expect(readPolicies(bytes, service)).toEqual(given);
        const theirs = decodePolicies(bytes);
        expect(theirs.service).toBe(service);
        expect((theirs.autoReleases ?? []).map((p: any) => p.id)).toEqual(
          given.autoReleases.map(
            p => `auto-release-${p.branch}-${p.environment}`,
          ),
        );
        expect(
          (theirs.branchRestrictions ?? []).map((p: any) => p.branchRegex),
        ).toEqual(given.branchRestrictions.map(p => p.branchRegex));
      }),
    );
  });
});
