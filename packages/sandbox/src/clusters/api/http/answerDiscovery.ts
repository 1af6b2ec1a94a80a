import type { ResourceType } from '../../types.ts';
import { apiVersionOf } from '../typeNames.ts';

const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
const OF_STATUS = ['get', 'patch', 'update'];

function describeGroup(group: string, types: readonly ResourceType[]) {
  const versions = [
    ...new Set(types.filter(type => type.group === group).map(apiVersionOf)),
  ].map(groupVersion => ({
    groupVersion,
    version: groupVersion.slice(groupVersion.indexOf('/') + 1),
  }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function describeResources(groupVersion: string, types: ResourceType[]) {
  const resources = types.flatMap(type => {
    const { plural, singular, namespaced, kind, shortNames } = type;
    const own = { name: plural, singularName: singular, namespaced, kind };
    const status = { ...own, name: `${plural}/status`, singularName: '' };
    return [
      { ...own, verbs: VERBS, shortNames },
      ...(type.statusless ? [] : [{ ...status, verbs: OF_STATUS }]),
    ];
  });
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources,
  };
}

/** What a cluster serves; undefined for a path that isn't of discovery. */
export function answerDiscovery(
  path: string,
  types: readonly ResourceType[],
): object | undefined {
  const groups = [...new Set(types.map(({ group }) => group))].filter(Boolean);
  if (path === '/api') {
    return {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [],
    };
  }
  if (path === '/apis') {
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groups.map(group => describeGroup(group, types)),
    };
  }
  const [, root, first, second, ...more] = path.split('/');
  if (more.length > 0 || !first) {
    return undefined;
  }
  if (root === 'apis' && second === undefined && groups.includes(first)) {
    return {
      kind: 'APIGroup',
      apiVersion: 'v1',
      ...describeGroup(first, types),
    };
  }
  const isCore = root === 'api' && second === undefined;
  const groupVersion = isCore ? first : `${first}/${second}`;
  const own = types.filter(type => apiVersionOf(type) === groupVersion);
  const isGroup = root === 'apis' && second !== undefined;
  return (isCore || isGroup) && own.length > 0
    ? describeResources(groupVersion, own)
    : undefined;
}
