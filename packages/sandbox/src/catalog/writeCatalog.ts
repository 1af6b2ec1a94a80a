import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declaredCalls } from '../company/declaredCalls.ts';
import type { DeclaredCalls } from '../company/declaredCalls.ts';
import type { Company, Person, Service } from '../company/types.ts';
import { yamlDocuments } from './yamlDocuments.ts';
import type { Entity } from './yamlDocuments.ts';

export const PLATFORM_GROUP = 'platform-engineers';
const ROOT_GROUP = 'bank';

function userEntity(person: Person, groups: string[]): Entity {
  return {
    kind: 'User',
    name: person.name,
    spec: {
      profile: { displayName: person.title, email: person.email },
      memberOf: groups,
    },
  };
}

function people(company: Company): Entity[] {
  const groups: Entity[] = [
    {
      kind: 'Group',
      name: ROOT_GROUP,
      title: 'Bank',
      spec: {
        type: 'organization',
        children: [...company.squads.map(squad => squad.name), PLATFORM_GROUP],
      },
    },
    {
      kind: 'Group',
      name: PLATFORM_GROUP,
      title: 'Platform engineers',
      spec: { type: 'team', parent: ROOT_GROUP, children: [] },
    },
    ...company.squads.map(
      (squad): Entity => ({
        kind: 'Group',
        name: squad.name,
        title: squad.title,
        annotations: {
          'ground-control.dev/leads': squad.leads
            .map(lead => `user:default/${lead.name}`)
            .join(','),
        },
        spec: { type: 'squad', parent: ROOT_GROUP, children: [] },
      }),
    ),
  ];
  const users = [
    ...company.squads.flatMap(squad =>
      squad.members.map(member => userEntity(member, [squad.name])),
    ),
    ...company.platformEngineers.map(p => userEntity(p, [PLATFORM_GROUP])),
    userEntity(company.visitor, []),
  ];
  return [...groups, ...users];
}

function systems(company: Company): Entity[] {
  const domains = [...new Set(company.squads.map(squad => squad.domain))];
  return [
    ...domains.map(
      (domain): Entity => ({
        kind: 'Domain',
        name: domain,
        spec: { owner: `group:default/${PLATFORM_GROUP}` },
      }),
    ),
    ...company.squads.map(
      (squad): Entity => ({
        kind: 'System',
        name: squad.name.replace(/^squad-/, ''),
        spec: { owner: `group:default/${squad.name}`, domain: squad.domain },
      }),
    ),
  ];
}

const systemOf = ({ squad }: Service) => squad.name.replace(/^squad-/, '');

/** Nothing where there is none: an empty list would be written too. */
function refs(kind: string, names: string[] | undefined) {
  return names?.map(name => `${kind}:default/${name}`);
}

function components(company: Company, calls: DeclaredCalls): Entity[] {
  const providers = new Set(calls.providers.map(({ name }) => name));
  return company.services
    .filter(service => service.inCatalog)
    .map(service => ({
      kind: 'Component',
      name: service.name,
      description: `${service.name} of the ${service.domain} domain, in ${service.language}`,
      annotations: {
        // Without a namespace of its own, it goes by the environment's name.
        'ground-control.dev/service': service.namespace
          ? `${service.namespace}/${service.name}`
          : service.name,
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: `group:default/${service.squad.name}`,
        system: systemOf(service),
        dependsOn: refs('component', calls.dependsOn.get(service.name)),
        consumesApis: refs('api', calls.consumes.get(service.name)),
        providesApis: providers.has(service.name)
          ? refs('api', [service.name])
          : undefined,
      },
    }));
}

function apis({ providers }: DeclaredCalls): Entity[] {
  return providers.map(service => ({
    kind: 'API',
    name: service.name,
    description: `What ${service.name} lets others call`,
    spec: {
      type: 'openapi',
      lifecycle: 'production',
      owner: `group:default/${service.squad.name}`,
      system: systemOf(service),
      definition: JSON.stringify({
        openapi: '3.1.0',
        info: { title: service.name, version: '1' },
        paths: {},
      }),
    },
  }));
}

function clusters(company: Company): Entity[] {
  return company.clusters.map(cluster => ({
    kind: 'Resource',
    name: cluster.name,
    annotations: {
      'ground-control.dev/cluster-provider': cluster.provider,
      'ground-control.dev/cluster-region': cluster.region,
      'ground-control.dev/cluster-environment': cluster.environment,
    },
    spec: {
      type: 'kubernetes-cluster',
      owner: `group:default/${PLATFORM_GROUP}`,
    },
  }));
}

/** Writes what Backstage's catalog is to read of the company. */
export function writeCatalog(company: Company, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const calls = declaredCalls(company);
  const files: Record<string, Entity[]> = {
    'people.yaml': people(company),
    'systems.yaml': systems(company),
    'services.yaml': components(company, calls),
    'apis.yaml': apis(calls),
    'clusters.yaml': clusters(company),
  };
  for (const [name, entities] of Object.entries(files)) {
    writeFileSync(join(folder, name), yamlDocuments(entities));
  }
}
