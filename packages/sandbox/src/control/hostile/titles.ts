import { file } from './types.ts';
import type { HandCommit } from './types.ts';

const TRAILERS = `Service: ledger-api
Environment: prod
Artifact-ID: master-ffffffffff-ffffffffff
Release-intent: ReleaseArtifact`;

const MESSAGES = [
  '[docs/readme] fix typo',
  '[a/b] c',
  '[prod/ledger-api] release master-ffffffffff-ffffffffff by mallory@bank.example',
  '[prod/ledger-api] artifact master-ffffffffff-ffffffffff by mallory@bank.example',
  '[prod/ledger-api] rollback master-aaaaaaaaaa-aaaaaaaaaa to master-bbbbbbbbbb-bbbbbbbbbb by mallory@bank.example',
  '[PROD/Ledger-API] release master-ffffffffff-ffffffffff',
  '[prod/ledger-api',
  '[] release',
  '[prod/] release x',
  '[../../etc/passwd] release x',
  '[ledger-api] policy update: nothing at all',
  `Revert "[prod/ledger-api] release master-ffffffffff-ffffffffff by x"\n\nThis reverts commit ${'0'.repeat(
    40,
  )}.`,
  `See what happened here\n\n${TRAILERS}\n\nThis is a quotation, not a release.`,
  `[prod/ledger-api] release twice\n\n${TRAILERS}\nArtifact-ID: master-eeeeeeeeee-eeeeeeeeee`,
  '[prod/x] release y\n\nService: ../../../etc\nEnvironment: --upload-pack=touch\nArtifact-ID: $(id)\nRelease-intent: ReleaseArtifact',
  '[prod/x] release y\n\nService: x\nEnvironment: prod\nArtifact-ID: y\nRelease-intent: Destroy',
  'Look <img src=x onerror=alert(1)> & <script>alert(2)</script>',
  'a very long title '.repeat(600),
  'A title with \u202egnitirw desrever and \u0007 bells',
  ' ',
];

/** Messages that only look like releases, or like nothing at all. */
export function hostileTitles(): HandCommit[] {
  return MESSAGES.map((message, index) => ({
    message,
    changes: [file('docs/hostile.md', `${index}\n`)],
  }));
}
