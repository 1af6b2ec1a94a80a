import {
  Artifact,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';

export const ENVIRONMENTS = ['dev', 'staging', 'prod'];

export const PEOPLE = [
  'Ana Ruiz',
  'Bo Lind',
  'Cy Holm',
  'Dee Park',
  'Eli Voss',
];

/** Digits that look random and are the same in every run. */
export function hex(seed: number, digits: number): string {
  let text = '';
  for (let i = 0; text.length < digits; i++) {
    // Knuth's multiplicative hash: the same digits in every run.
    text += (Math.imul(seed * 31 + i + 1, 2654435761) >>> 0)
      .toString(16)
      .padStart(8, '0');
  }
  return text.slice(0, digits);
}

/** A build of a service. */
export function artifactOf(service: ServiceRef, build: number): Artifact {
  const seed = build * 97 + service.name.length * 13;
  const commit = hex(seed, 40);
  return {
    id: `master-${commit.slice(0, 10)}-${hex(seed + 1, 10)}`,
    service: service.name,
    namespace: service.namespace,
    branch: build % 9 === 0 ? 'fix/rounding-of-interest' : 'master',
    commit,
    message: 'Fix rounding in interest accrual\n\nLonger text.',
    author: { name: PEOPLE[build % PEOPLE.length], email: 'a@example.com' },
    commitUrl: `https://git.example.com/${service.name}/commit/${commit}`,
    ciUrl: `https://ci.example.com/${service.name}/${build}`,
    builtAt: '2026-11-20T10:00:00.000Z',
    tests:
      build % 5 === 0
        ? undefined
        : { passed: 412, failed: build % 4 === 0 ? 2 : 0, skipped: 3 },
    vulnerabilities:
      build % 3 === 0
        ? undefined
        : {
            code: { high: 0, medium: 2, low: 5 },
            image: { high: build % 2, medium: 1, low: 0 },
          },
    images: [],
  };
}
