import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { RepositoryFile } from '../../gitops/MirrorFiles';
import { Ruled } from '../rules';

/** What a service's own file of policies says, or why it can't be used. */
export type ReadServicePolicies = { path: string } & (
  | {
      restrictions: Array<Ruled<string> & { environment: string }>;
      autoReleases: Array<{ branch: string; environment: string }>;
      fault?: undefined;
    }
  | { fault: string; restrictions?: undefined }
);

/** Such files have some ten lines; of a huge one only the lines are left out. */
const MAX_LINED = 64 * 1024;

/** The lines on which the branch restrictions stand. JSON is YAML too. */
function findLines(content: Buffer): Array<number | undefined> {
  if (content.length > MAX_LINED) return [];
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(content.toString('utf8'), {
      lineCounter,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'silent',
    });
    const list = document.get('branchRestrictions');
    if (!isSeq(list)) return [];
    return list.items.map(item => {
      const regex = isMap(item) ? item.get('branchRegex', true) : undefined;
      const node = regex ?? item;
      const offset = isNode(node) ? node.range?.[0] : undefined;
      return offset === undefined
        ? undefined
        : lineCounter.linePos(offset).line;
    });
  } catch {
    return [];
  }
}

/** Reads a service's own file of policies; no file and an empty one have none. */
export function readServicePolicies(
  layout: Layout,
  service: string,
  path: string,
  file: RepositoryFile | undefined,
): ReadServicePolicies {
  if (!file) return { path, restrictions: [], autoReleases: [] };
  if (file.fault !== undefined) return { path, fault: `${file.fault}.` };
  const policies = layout.readPolicies(file.content, service);
  if ('fault' in policies) return { path, fault: policies.fault };
  const lines =
    policies.branchRestrictions.length > 0 ? findLines(file.content) : [];
  return {
    path,
    autoReleases: policies.autoReleases,
    restrictions: policies.branchRestrictions.map(
      ({ branchRegex, environment }, i) => ({
        value: branchRegex,
        environment,
        rule: {
          file: path,
          ...(lines[i] !== undefined && { line: lines[i] }),
          text: branchRegex,
          keptBy: 'squad',
        },
      }),
    ),
  };
}
