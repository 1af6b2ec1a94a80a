import { describeWorld } from '../cli/describeWorld.ts';
import { readTip } from '../git/appendCommits.ts';
import { refusesPushes } from '../server/refusePushes.ts';
import { describeLink } from './links/describeLink.ts';
import type { Control } from './types.ts';

export const status: Control = {
  name: 'status',
  arguments: [],
  options: {},
  description: 'Say what the running world holds and how it answers',
  example: 'status',
  async run({ live, state, clusters, probes }) {
    const { dir, options, counts, repositoryPath } = live.world;
    const pushes = refusesPushes(repositoryPath) ? 'refused' : 'taken';
    const listed = (clusters?.clusters ?? []).map(cluster => ({
      ...cluster.cluster,
      url: cluster.server.url,
      requests: cluster.server.requests,
      mishaps: [
        ...cluster.mishaps,
        ...(clusters!.links.hasOwnTrustRoot(cluster.name)
          ? ['a trust root of its own']
          : []),
      ],
      probe: probes?.find(cluster.name)?.metricsUrl,
    }));
    const links = clusters?.links.states ?? [];
    const amiss = links.filter(link => describeLink(link) !== '');
    const lines = listed.map(
      ({ name, url, mishaps }) =>
        `\n${name} ${url}: ${mishaps.join('; ') || 'well'}`,
    );
    return {
      message: `${describeWorld(live.world)}; rate ${live.rate}; access: ${
        state.access
      }; pushes: ${pushes}${lines.join('')}${amiss
        .map(link => `\n${link.from} to ${link.to}: ${describeLink(link)}`)
        .join('')}`,
      pushes,
      clusters: listed,
      links,
      dir,
      options,
      counts,
      tip: await readTip(repositoryPath),
      rate: live.rate,
      access: state.access,
      askedAt: state.askedAt,
      fetchesAt: state.fetchesAt,
    };
  },
};
