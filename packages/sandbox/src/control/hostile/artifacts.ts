import { oddRelease, smallArtifact } from './types.ts';
import type { HandCommit } from './types.ts';

/** Whoever makes a link of it runs it. */
const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');

/** Files named artifact.json that are broken, huge or not what they say. */
export function hostileArtifacts(): HandCommit[] {
  const contents: Record<string, string> = {
    'hostile-huge': smallArtifact('hostile-huge', {
      squad: 'x'.repeat(3_000_000),
    }),
    'hostile-unknown-keys': smallArtifact('hostile-unknown-keys', {
      surprise: { constructor: 'x', toString: 'y' },
    }),
    'hostile-proto': '{"__proto__": {"polluted": true}, "id": "x"}\n',
    'hostile-types': smallArtifact('hostile-types', {
      id: 42,
      application: [],
      stages: 'none',
    }),
    'hostile-values': smallArtifact('hostile-values', {
      id: '<script>alert(1)</script>\n--output=/etc/passwd',
      namespace: '../../..',
      squad: SCRIPT_URL,
      ci: { jobUrl: SCRIPT_URL, start: 'soon', end: '-1' },
    }),
    'hostile-empty': '',
    'hostile-null': 'null\n',
    'hostile-deep': `${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
    'hostile-bom': `\uFEFF${smallArtifact('hostile-bom')}`,
    'hostile-twice': '{"id": "first", "id": "second"}\n',
    'hostile-numbers': '{"id": "x", "ci": {"start": 1e999}}\n',
    'hostile-other-name': smallArtifact('ledger-api'),
  };
  const link = oddRelease('dev', 'hostile-link');
  return [
    ...Object.entries(contents).map(([service, content]) =>
      oddRelease('dev', service, content),
    ),
    {
      ...link,
      changes: [
        {
          kind: 'file',
          path: 'dev/releases/dev/hostile-link/artifact.json',
          content: '/etc/passwd',
          link: true,
        },
      ],
    },
  ];
}
