import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  formatGatewayEntries,
  parseGatewayEntries,
} from '../gatewayEntries/gatewayEntriesFile.ts';
import { artifactId, formatArtifact } from './formatArtifact.ts';
import { formatKustomization } from './formatKustomization.ts';
import { formatPolicies } from './formatPolicies.ts';
import { formatReleaseMessage } from './formatReleaseMessage.ts';
import { formatTime } from './formatTime.ts';
import { kustomizationPath, policyPath, releaseFolder } from './paths.ts';
import type { Intent } from './types.ts';

// The golden files were written by hand from the description of the format.
// Never make them from what this code prints.
function golden(name: string): string {
  return readFileSync(
    join(__dirname, '..', '__fixtures__', 'golden', name),
    'utf8',
  );
}

const sha = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d';
const planSha = '6f7a8b9c0d1e2f30415263748596a7b8c9d0e1f2';
const soren = {
  name: 'Søren Møller',
  email: 'soeren.moeller@bank.example',
};

describe('bytes as release-manager writes them', () => {
  it('writes artifact.json', () => {
    const id = artifactId('feature/limits', sha, planSha);
    const image = 'registry.bank.example/ledger-api';
    expect(
      formatArtifact({
        // Given in another order than written.
        stages: [
          {
            id: 'build',
            name: 'Build',
            data: { dockerVersion: '27.3.1', tag: id, image },
          },
          {
            id: 'test',
            name: 'Test',
            data: {
              results: { skipped: 3, failed: 0, passed: 412 },
              url: 'https://ci.bank.example/job/ledger-api/7/tests',
            },
          },
          {
            id: 'snyk-code',
            name: 'Security Scan - Code',
            data: {
              vulnerabilities: { low: 11, medium: 2, high: 0 },
              language: 'go',
              url: 'https://app.snyk.io/org/example-bank',
              snykVersion: '1.1294.0',
            },
          },
          { id: 'push', name: 'Push', data: { image, tag: id } },
          {
            id: 'snyk-docker',
            name: 'Security Scan - Docker',
            data: {
              tag: id,
              snykVersion: '1.1294.0',
              url: '',
              baseImage: 'debian:12-slim',
              vulnerabilities: { high: 1, medium: 0, low: 0 },
            },
          },
        ],
        shuttle: { plan: { sha: planSha, branch: '' } },
        squad: 'squad-ledger',
        ci: {
          start: formatTime(Date.UTC(2026, 2, 2, 9, 15) / 1000, 500_000_000),
          jobUrl: 'https://ci.bank.example/job/ledger-api/7/',
        },
        application: {
          branch: 'feature/limits',
          sha,
          authorName: soren.name,
          authorEmail: soren.email,
          committerName: 'GitHub',
          committerEmail: 'noreply@github.com',
          message:
            'fix: drop <legacy> "limits" & fees\n\nLine\u2028end and\u2029paragraph end.',
          name: 'ledger-api',
          url: `https://github.com/example-bank/ledger-api/commit/${sha}`,
          provider: 'github',
        },
        namespace: 'banking',
        service: 'ledger-api',
        id,
      }),
    ).toBe(golden('artifact.json'));
  });

  it.each<[string, string, Intent]>([
    ['release-artifact.txt', 'prod', { type: 'ReleaseArtifact' }],
    ['release-branch.txt', 'dev', { type: 'ReleaseBranch', branch: 'master' }],
    ['promote.txt', 'staging', { type: 'Promote', fromEnvironment: 'dev' }],
    [
      'rollback.txt',
      'prod',
      { type: 'Rollback', leftArtifactId: 'master-9f8e7d6c5b-6f7a8b9c0d' },
    ],
    ['auto-release.txt', 'dev', { type: 'AutoRelease' }],
  ])('writes the message of %s', (file, environment, intent) => {
    expect(
      formatReleaseMessage({
        service: 'ledger-api',
        environment,
        artifactId: artifactId('master', sha, planSha),
        releaser: { name: 'Ana Ruiz', email: 'ana.ruiz@bank.example' },
        creator: soren,
        intent,
      }),
    ).toBe(golden(file));
  });

  it('writes the Kustomization', () => {
    expect(formatKustomization('prod', 'banking', 'ledger-api', false)).toBe(
      golden('kustomization.yaml'),
    );
    expect(formatKustomization('prod', '', 'ledger-api', true)).toBe(
      golden('kustomization-with-ingress.yaml'),
    );
  });

  it('writes policies', () => {
    expect(
      formatPolicies({
        service: 'ledger-api',
        autoReleases: [{ branch: 'master', environment: 'dev' }],
        branchRestrictions: [
          { branchRegex: '^(master|hotfix/.*)$', environment: 'prod' },
        ],
      }),
    ).toBe(golden('policies.json'));
  });

  it('writes the entries of the gateway, and reads them', () => {
    const entries = {
      targets: [
        {
          hostName: 'credit-bureau',
          dnsName: 'credit-bureau.azurewebsites.net',
          environment: 'az-prod-1',
          squad: 'squad-credit',
        },
        {
          hostName: 'tax-office',
          dnsName: 'tax-office.a.run.app',
          environment: 'gcp-prod-1',
          squad: 'squad-ledger',
        },
      ],
      ingress: [
        {
          service: 'ledger-api',
          namespace: 'banking',
          cluster: 'aws-prod-1',
          squad: 'squad-ledger',
          port: 8080,
        },
      ],
    };
    expect(formatGatewayEntries(entries)).toBe(golden('shuttle.yaml'));
    expect(parseGatewayEntries(golden('shuttle.yaml'))).toEqual(entries);
    const none = { targets: [], ingress: [] };
    expect(parseGatewayEntries(formatGatewayEntries(none))).toEqual(none);
    expect(parseGatewayEntries('targets:\n  - hostName: 7\n')).toBeUndefined();
    expect(parseGatewayEntries('targets: [')).toBeUndefined();
  });

  it('leaves empty lists of policies out', () => {
    expect(
      formatPolicies({
        service: 'a',
        autoReleases: [],
        branchRestrictions: [],
      }),
    ).toBe('{\n  "service": "a"\n}\n');
  });

  it('takes the environment for an empty namespace', () => {
    expect(releaseFolder('dev', '', 'a')).toBe('dev/releases/dev/a');
    expect(releaseFolder('dev', 'cards', 'a')).toBe('dev/releases/cards/a');
    expect(kustomizationPath('dev', '', 'a')).toBe('clusters/dev/dev/a.yaml');
    expect(policyPath('a')).toBe('policies/a.json');
  });

  it('writes times as Go does', () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000;
    expect(formatTime(at)).toBe('2026-01-02T03:04:05Z');
    expect(formatTime(at, 120)).toBe('2026-01-02T03:04:05.00000012Z');
  });
});
