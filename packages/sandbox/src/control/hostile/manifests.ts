import { file, oddRelease } from './types.ts';
import type { HandCommit } from './types.ts';

/**
 * Secrets that must never be seen outside the repository, each in a shape of
 * its own. Tests look for these words everywhere; `data` stands in base64.
 */
export const CANARIES = {
  data: 'canary-in-data-5d41402a',
  stringData: 'canary-in-string-data-7d793037',
  list: 'canary-in-a-list-9f6e6800',
  json: 'canary-in-json-3c59dc04',
  secondDocument: 'canary-in-second-document-b6d767d2',
  folded: 'canary-in-folded-text-37693cfc',
  anchored: 'canary-behind-an-anchor-0cc175b9',
  broken: 'canary-in-broken-yaml-1ff1de77',
};

function secretHead(name: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n`;
}

/** `before` stands in front of each canary, so that two versions differ. */
function secretFiles(before: string): Record<string, string> {
  const data = Buffer.from(`${before}${CANARIES.data}`).toString('base64');
  return {
    '10-data.yaml': `${secretHead('data')}data:\n  KEY: ${data}\n`,
    '11-string-data.yaml': `${secretHead('text')}stringData:\n  KEY: ${before}${
      CANARIES.stringData
    }\n`,
    '12-list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata:\n      name: listed\n    stringData:\n      KEY: ${before}${CANARIES.list}\n`,
    '13-json.yaml': `${JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'json' },
      stringData: { KEY: `${before}${CANARIES.json}` },
    })}\n`,
    '14-documents.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: first\ndata: {}\n---\n${secretHead(
      'second',
    )}stringData:\n  KEY: ${before}${CANARIES.secondDocument}\n`,
    '15-folded.yaml': `${secretHead(
      'folded',
    )}stringData:\n  KEY: >-\n    first line\n    ${before}${
      CANARIES.folded
    }\n`,
    '16-anchored.yaml': `${secretHead(
      'anchored',
    )}x-shared: &shared\n  KEY: ${before}${
      CANARIES.anchored
    }\nstringData: *shared\n`,
    '17-broken.yaml': `${secretHead('broken')}stringData:\n\tKEY: ${before}${
      CANARIES.broken
    }\n  - [\n`,
  };
}

/** Aliases of aliases: a few lines that grow to gigabytes when resolved. */
function aliasBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 10; i++) {
    const items = Array(10)
      .fill(`*a${i - 1}`)
      .join(', ');
    lines.push(`a${i}: &a${i} [${items}]`);
  }
  return `${lines.join('\n')}\n`;
}

function yamlFiles(): Record<string, string> {
  return {
    '40-aliases.yaml': aliasBomb(),
    '41-deep.yaml': `${'['.repeat(10_000)}\n`,
    '42-long.yaml': `line: ${'x'.repeat(1_000_000)}\n`,
    '43-tag.yaml': `run: !!js/function 'function () { return 1 }'\n`,
    '44-control.yaml': 'bell: "\u0007"\nnothing: \u0000\n',
    '45-empty.yaml': '',
    '46-no-newline.yaml': 'kind: ConfigMap',
    '47-windows.yaml': 'kind: ConfigMap\r\nmetadata:\r\n  name: x\r\n',
  };
}

function withFiles(service: string, texts: Record<string, string>): HandCommit {
  const release = oddRelease('dev', service);
  return {
    ...release,
    changes: [
      ...release.changes,
      ...Object.entries(texts).map(([name, text]) =>
        file(`dev/releases/dev/${service}/${name}`, text),
      ),
    ],
  };
}

/** Secrets in every shape, and YAML that hurts whoever reads it carelessly. */
export function hostileManifests(): HandCommit[] {
  return [
    withFiles('hostile-secrets', secretFiles('')),
    withFiles('hostile-yaml', yamlFiles()),
    // A diff between the two shows every secret, unless it is masked.
    withFiles('hostile-secrets', secretFiles('changed-')),
  ];
}
