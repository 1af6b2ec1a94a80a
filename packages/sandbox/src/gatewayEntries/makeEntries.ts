import { hashNumber } from '../lib/hash.ts';
import type { Cluster, Company, Provider, Service } from '../company/types.ts';
import type { EgressTarget, GatewayEntries, IngressEntry } from './types.ts';

/** What a bank calls that runs elsewhere. */
const RESOURCES = [
  'credit-bureau',
  'sanctions-list',
  'card-scheme',
  'fx-feed',
  'tax-office',
  'address-register',
  'mail-relay',
  'sms-carrier',
  'document-archive',
  'risk-model',
  'report-store',
  'company-register',
  'pension-broker',
  'market-feed',
  'id-scanner',
  'land-register',
];
const DOMAINS: Record<Provider, string> = {
  aws: 'eu-west-1.elasticbeanstalk.com',
  azure: 'azurewebsites.net',
  gcp: 'a.run.app',
};
const FIRST_TARGETS = 9;
const FIRST_INGRESS = 7;

function pick<T>(items: readonly T[], luck: number): T {
  return items[Math.floor(luck * items.length)];
}

/** Those that carry services. */
function servingClusters({ clusters }: Company): Cluster[] {
  return clusters.filter(({ environment }) => environment !== 'platform');
}

/** The entry of each resource that squads may want, whether or not they do. */
export function possibleTargets(company: Company): EgressTarget[] {
  const clusters = servingClusters(company);
  return clusters.length === 0
    ? []
    : RESOURCES.map(hostName => {
        const luck = (what: string) => hashNumber(company.seed, hostName, what);
        const cluster = pick(clusters, luck('cluster'));
        return {
          hostName,
          dnsName: `${hostName}.${DOMAINS[cluster.provider]}`,
          environment: cluster.name,
          squad: pick(company.squads, luck('squad')).name,
        };
      });
}

/** How a service is reached from outside. */
export function ingressOf(
  service: Service,
  company: Company,
): IngressEntry | undefined {
  const clusters = servingClusters(company).filter(({ environment }) =>
    service.environments.includes(environment),
  );
  if (clusters.length === 0 || !service.inRepository) {
    return undefined;
  }
  const cluster = pick(
    clusters,
    hashNumber(company.seed, service.name, 'gateway'),
  );
  return {
    service: service.name,
    namespace: service.namespace || cluster.environment,
    cluster: cluster.name,
    squad: service.artifactSquad,
    port: service.port,
  };
}

/** What stood in the file when the history began. */
export function firstEntries(company: Company): GatewayEntries {
  const ingress = company.services
    .filter(({ hasIngress }) => hasIngress)
    .map(service => ingressOf(service, company))
    .filter(entry => entry !== undefined);
  return {
    targets: possibleTargets(company).slice(0, FIRST_TARGETS),
    ingress: ingress.slice(0, FIRST_INGRESS),
  };
}
