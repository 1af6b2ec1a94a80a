import type { Cluster, Provider } from './types.ts';

const REGIONS: Record<Provider, string[]> = {
  aws: ['eu-west-1', 'eu-north-1', 'eu-central-1'],
  azure: ['westeurope', 'northeurope', 'swedencentral'],
  gcp: ['europe-west1', 'europe-north1', 'europe-west4'],
};
const SHORT: Record<Provider, string> = { aws: 'aws', azure: 'az', gcp: 'gcp' };
const PROVIDERS: Provider[] = ['aws', 'azure', 'gcp'];

function shortEnvironment(environment: string): string {
  return environment === 'staging' ? 'stg' : environment;
}

/**
 * One cluster for each environment, then one named `platform`, and the rest
 * for the last environment, spread over the providers.
 */
export function buildClusters(
  count: number,
  environments: string[],
): Cluster[] {
  const last = environments[environments.length - 1];
  const roles = [...environments].reverse();
  if (count > environments.length) {
    roles.push('platform');
  }
  while (roles.length < count) {
    roles.splice(1, 0, last);
  }
  const used = new Map<string, number>();
  return roles.slice(0, count).map((environment, index) => {
    const provider =
      environment === 'platform' ? 'aws' : PROVIDERS[index % PROVIDERS.length];
    const stem = `${SHORT[provider]}-${shortEnvironment(environment)}`;
    const number = (used.get(stem) ?? 0) + 1;
    used.set(stem, number);
    const regions = REGIONS[provider];
    return {
      name: environment === 'platform' ? 'platform' : `${stem}-${number}`,
      provider,
      region: regions[(number - 1) % regions.length],
      environment,
    };
  });
}
