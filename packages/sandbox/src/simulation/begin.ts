import { formatPolicies } from '../format/formatPolicies.ts';
import { formatGatewayEntries } from '../gatewayEntries/gatewayEntriesFile.ts';
import { ENTRIES_PATH } from '../gatewayEntries/types.ts';
import { policyPath } from '../format/paths.ts';
import { releaseChanges } from '../render/renderRelease.ts';
import { identityOf } from './context.ts';
import type { Context } from './context.ts';
import { humanCommit } from './happenings/humanCommit.ts';
import { makeBuild } from './makeBuild.ts';
import type { Change, WorldEvent } from './types.ts';

const README = `# Cluster configuration

What runs where. Release with \`hamctl\`, not by hand.
`;

/**
 * The first commit: a platform engineer brings the policies and the few
 * services that nobody has touched since over from the old repository.
 */
export function* begin(context: Context): Generator<WorldEvent> {
  const { company, state } = context;
  const changes: Change[] = [
    { kind: 'file', path: 'README.md', content: README },
  ];
  if (state.gateway && company.clusters.length > 0) {
    changes.push({
      kind: 'file',
      path: ENTRIES_PATH,
      content: formatGatewayEntries(state.gateway),
    });
  }
  for (const service of company.services.filter(s => s.inRepository)) {
    const own = state.services[service.name];
    const { autoReleases, branchRestrictions } = own.policies;
    if (autoReleases.length + branchRestrictions.length > 0) {
      changes.push({
        kind: 'file',
        path: policyPath(service.name),
        content: formatPolicies(own.policies),
        executable: true,
      });
    }
    if (service.dormant) {
      const built = makeBuild(context, service, state.at, 'master');
      yield built;
      for (const environment of service.environments) {
        own.current[environment] = built.build.id;
        changes.push(...releaseChanges(service, environment, built.build));
      }
    }
  }
  yield {
    type: 'commit',
    at: state.at,
    commit: humanCommit(
      identityOf(company.platformEngineers[0]),
      state.at,
      'Import from the old configuration repository',
      changes,
    ),
  };
}
