import { file } from './types.ts';
import type { HandCommit } from './types.ts';

function restriction(service: string, branchRegex: string): string {
  const branchRestrictions = [
    { id: 'branch-restriction-prod', branchRegex, environment: 'prod' },
  ];
  return `${JSON.stringify({ service, branchRestrictions })}\n`;
}

/** Policy files that are broken, or hang whoever takes them for RegExp. */
export function hostilePolicies(): HandCommit[] {
  const contents: Record<string, string> = {
    'hostile-regex': restriction('hostile-regex', '^(a+)+$'),
    'hostile-group': restriction('hostile-group', '(?<=x)('),
    'hostile-empty': '',
    'hostile-list': '[]\n',
    'hostile-keys': '{"service": "x", "owner": "me"}\n',
    'hostile-text': 'autoReleases: yes\n',
  };
  return [
    {
      message: 'Tidy up policies',
      changes: Object.entries(contents).map(([name, content]) =>
        file(`policies/${name}.json`, content),
      ),
    },
  ];
}
