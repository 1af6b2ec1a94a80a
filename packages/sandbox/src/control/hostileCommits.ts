import { formatReleaseMessage } from '../format/formatReleaseMessage.ts';
import type { Change } from '../simulation/types.ts';

/**
 * Secrets that must never be seen outside the repository, each in a shape of
 * its own. Tests look for these words everywhere.
 */
export const CANARIES = {
  data: 'canary-in-data-5d41402a',
  stringData: 'canary-in-string-data-7d793037',
  list: 'canary-in-a-list-9f6e6800',
  json: 'canary-in-json-3c59dc04',
  secondDocument: 'canary-in-second-document-b6d767d2',
  folded: 'canary-in-folded-text-37693cfc',
  broken: 'canary-in-broken-yaml-1ff1de77',
};

interface HandCommit {
  message: string;
  changes: Change[];
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

function file(path: string, content: string): Change {
  return { kind: 'file', path, content };
}

/** A small true artifact.json, with more keys or others where wanted. */
function artifact(service: string, more: object = {}): string {
  const value = {
    id: 'master-0123456789-9876543210',
    service,
    application: { branch: 'master', sha: '0123456789'.repeat(4) },
    ci: { start: '0001-01-01T00:00:00Z', end: '0001-01-01T00:00:00Z' },
    squad: 'squad-ledger',
    shuttle: { plan: { sha: '9876543210'.repeat(4) } },
    stages: [],
    ...more,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A commit that releases a service of an odd name, with true trailers. */
function odd(environment: string, service: string, content?: string): HandCommit {
  const person = { name: 'Mallory', email: 'mallory@bank.example' };
  return {
    message: formatReleaseMessage({
      service,
      environment,
      artifactId: 'master-0123456789-9876543210',
      releaser: person,
      creator: person,
      intent: { type: 'ReleaseArtifact' },
    }),
    changes: [
      file(
        `${environment}/releases/${environment}/${service}/artifact.json`,
        content ?? artifact(service),
      ),
    ],
  };
}

function titles(note: (text: string) => Change[]): HandCommit[] {
  const trailers = `Service: ledger-api
Environment: prod
Artifact-ID: master-ffffffffff-ffffffffff
Release-intent: ReleaseArtifact`;
  return [
    '[docs/readme] fix typo',
    '[a/b] c',
    '[prod/ledger-api] release master-ffffffffff-ffffffffff by mallory@bank.example',
    '[prod/ledger-api] artifact master-ffffffffff-ffffffffff by mallory@bank.example',
    '[prod/ledger-api] rollback master-aaaaaaaaaa-aaaaaaaaaa to master-bbbbbbbbbb-bbbbbbbbbb by mallory@bank.example',
    '[prod/ledger-api',
    '[] release',
    '[prod/] release x',
    '[ledger-api] policy update: nothing at all',
    `Revert "[prod/ledger-api] release master-ffffffffff-ffffffffff by x"\n\nThis reverts commit ${'0'.repeat(40)}.`,
    `See what happened here\n\n${trailers}\n\nThis is a quotation, not a release.`,
    `[prod/ledger-api] release twice\n\n${trailers}\nArtifact-ID: master-eeeeeeeeee-eeeeeeeeee`,
    `Look <img src=x onerror=alert(1)> & <script>alert(2)</script>`,
    `${'a very long title '.repeat(600)}`,
    'A title with \u202egnitirw desrever and \u0007 bells',
    ' ',
  ].map((message, index) => ({ message, changes: note(`${index}`) }));
}

function artifacts(): HandCommit[] {
  const contents: Record<string, string> = {
    'hostile-huge': artifact('hostile-huge', { squad: 'x'.repeat(3_000_000) }),
    'hostile-unknown-keys': artifact('hostile-unknown-keys', {
      surprise: { __proto__: null, constructor: 'x', toString: 'y' },
    }),
    'hostile-proto': '{"__proto__": {"polluted": true}, "id": "x"}\n',
    'hostile-types': artifact('hostile-types', {
      id: 42,
      application: [],
      stages: 'none',
    }),
    'hostile-empty': '',
    'hostile-null': 'null\n',
    'hostile-deep': `${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
    'hostile-bom': `\uFEFF${artifact('hostile-bom')}`,
    'hostile-twice': '{"id": "first", "id": "second"}\n',
    'hostile-numbers': '{"id": "x", "ci": {"start": 1e999}}\n',
    'hostile-other-name': artifact('ledger-api'),
  };
  return Object.entries(contents).map(([service, content]) =>
    odd('dev', service, content),
  );
}

function names(): HandCommit[] {
  return [
    'n'.repeat(240),
    `${'long-'.repeat(60)}`,
    'сервис',
    '服务-api',
    'خدمة',
    '-rf',
    '--upload-pack=touch',
    'name with spaces',
    'tab\there',
    'quote"back\\slash',
    'line\nbreak',
    '%2e%2e%2fetc',
    '$(id)',
    '<b>bold</b>',
    'constructor',
    '__proto__',
    'LEDGER-API',
    ':(glob)x',
  ].map(name => odd('dev', name));
}

function secrets(): HandCommit {
  const head = (name: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n`;
  const texts: Record<string, string> = {
    '10-data.yaml': `${head('data')}data:\n  KEY: ${base64(CANARIES.data)}\n`,
    '11-string-data.yaml': `${head('text')}stringData:\n  KEY: ${CANARIES.stringData}\n`,
    '12-list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata:\n      name: listed\n    stringData:\n      KEY: ${CANARIES.list}\n`,
    '13-json.yaml': `${JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'json' },
      stringData: { KEY: CANARIES.json },
    })}\n`,
    '14-documents.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: first\ndata: {}\n---\n${head(
      'second',
    )}stringData:\n  KEY: ${CANARIES.secondDocument}\n`,
    '15-folded.yaml': `${head('folded')}stringData:\n  KEY: >-\n    first line\n    ${CANARIES.folded}\n`,
    '16-broken.yaml': `${head('broken')}stringData:\n\tKEY: ${CANARIES.broken}\n  - [\n`,
  };
  const release = odd('dev', 'hostile-secrets');
  return {
    ...release,
    changes: [
      ...release.changes,
      ...Object.entries(texts).map(([name, text]) =>
        file(`dev/releases/dev/hostile-secrets/${name}`, text),
      ),
    ],
  };
}

function policies(): HandCommit {
  const regex = (service: string, branchRegex: string) =>
    `${JSON.stringify({
      service,
      branchRestrictions: [
        { id: 'branch-restriction-prod', branchRegex, environment: 'prod' },
      ],
    })}\n`;
  return {
    message: 'Tidy up policies',
    changes: [
      file('policies/hostile-regex.json', regex('hostile-regex', '^(a+)+$')),
      file('policies/hostile-group.json', regex('hostile-group', '(?<=x)(')),
      file('policies/hostile-empty.json', ''),
      file('policies/hostile-list.json', '[]\n'),
      file('policies/hostile-keys.json', '{"service": "x", "owner": "me"}\n'),
      file('policies/hostile-text.json', 'autoReleases: yes\n'),
    ],
  };
}

function links(): HandCommit {
  const release = odd('dev', 'hostile-link');
  return {
    ...release,
    changes: [
      {
        kind: 'file',
        path: 'dev/releases/dev/hostile-link/artifact.json',
        content: '/etc/passwd',
        link: true,
      },
    ],
  };
}

/** Everything that Git takes and nobody should trust, a commit for each. */
export function hostileCommits(): HandCommit[] {
  const note = (text: string) => [file('docs/hostile.md', `${text}\n`)];
  return [
    ...titles(note),
    ...artifacts(),
    ...names(),
    secrets(),
    policies(),
    links(),
  ];
}
