import type { Service } from '../company/types.ts';
import { formatKustomization } from '../format/formatKustomization.ts';
import * as manifests from '../format/manifests.ts';
import type { ManifestValues } from '../format/manifests.ts';
import type { NamedFile } from '../format/types.ts';
import { hash, hashNumber } from '../lib/hash.ts';
import type { Build } from '../simulation/types.ts';
import { REGISTRY } from './renderArtifact.ts';

/**
 * The file that release-manager moves to clusters/. It can't be called
 * kustomization.yaml: that name has a meaning of its own to kustomize.
 */
export const KUSTOMIZATION_FILE = '80-flux-kustomization.yaml';

const CPU = ['50m', '100m', '200m', '500m'];
const LEVELS = ['info', 'info', 'debug', 'warn'];

function settingsOf(
  service: Service,
  environment: string,
  configuration: number,
): Record<string, string> {
  const step = (what: string, every: number) =>
    Math.floor(
      (configuration + hashNumber(service.name, what) * every) / every,
    );
  const settings: Record<string, string> = {
    DATABASE_HOST: `${service.name}.db.${environment}.bank.example`,
    ENVIRONMENT: environment,
    HTTP_PORT: String(service.port),
    LOG_LEVEL: LEVELS[step('level', 5) % LEVELS.length],
    REQUEST_TIMEOUT: `${5 + (step('timeout', 2) % 6) * 5}s`,
  };
  for (let flag = 0; flag < step('flags', 3) % 5; flag++) {
    settings[
      `FEATURE_${hash(service.name, 'flag', flag).slice(0, 6)}`.toUpperCase()
    ] = flag % 2 === 0 ? 'true' : 'false';
  }
  return settings;
}

/** The values of a service's manifests in an environment, for a build. */
export function manifestValues(
  service: Service,
  environment: string,
  build: Build,
): ManifestValues {
  const { name } = service;
  const isLast =
    environment === service.environments[service.environments.length - 1];
  const scale = isLast && service.environments.length > 1 ? 3 : 1;
  const size = Math.floor(hashNumber(name, 'size') * 3);
  const growth = Math.floor(
    (build.configuration + hashNumber(name, 'growth') * 4) / 4,
  );
  const memory = 128 * (1 + size) + 64 * (growth % 4);
  const secrets: Record<string, string> = service.hasSecret
    ? {
        DATABASE_PASSWORD: hash('database', name, environment).slice(0, 24),
        SIGNING_KEY: hash('signing', name, environment),
      }
    : {};
  return {
    service: name,
    namespace: service.namespace || environment,
    environment,
    squad: service.artifactSquad,
    artifactId: build.id,
    author: build.author.email,
    image: `${REGISTRY}/${name}`,
    tag: build.id,
    kind: service.workload,
    port: service.port,
    replicas: scale + Math.floor(hashNumber(name, 'replicas') * 2),
    cpu: CPU[Math.min(CPU.length - 1, size + (isLast ? 1 : 0))],
    memory: `${memory}Mi`,
    memoryLimit: `${memory * 2}Mi`,
    settings: settingsOf(service, environment, build.configuration),
    secrets,
  };
}

/** What a configuration alone decides, worked out once: builds share it. */
const shared = new WeakMap<
  Service,
  Map<string, { before: NamedFile[]; after: NamedFile[] }>
>();

function sharedFiles(service: Service, values: ManifestValues) {
  const before = [
    { name: '01-configmap.yaml', content: manifests.configMap(values) },
  ];
  const after: NamedFile[] = [];
  if (service.hasSecret) {
    before.push({ name: '10-secret.yaml', content: manifests.secret(values) });
  }
  before.push({
    name: '30-serviceaccount.yaml',
    content: manifests.serviceAccount(values),
  });
  if (service.hasAutoscaler) {
    after.push({ name: '45-hpa.yaml', content: manifests.autoscaler(values) });
  }
  after.push({
    name: '50-service.yaml',
    content: manifests.clusterService(values),
  });
  if (service.hasIngress) {
    after.push({ name: '60-ingress.yaml', content: manifests.ingress(values) });
  }
  after.push({
    name: KUSTOMIZATION_FILE,
    content: formatKustomization(
      values.environment,
      service.namespace,
      service.name,
      service.hasIngress,
    ),
  });
  return { before, after };
}

/** The manifests of a build for an environment, the Kustomization among them. */
export function renderManifests(
  service: Service,
  environment: string,
  build: Build,
): NamedFile[] {
  const values = manifestValues(service, environment, build);
  const own = shared.get(service) ?? new Map();
  shared.set(service, own);
  const key = `${environment}/${build.configuration}`;
  const files = own.get(key) ?? sharedFiles(service, values);
  own.set(key, files);
  return [
    ...files.before,
    { name: '40-workload.yaml', content: manifests.workload(values) },
    ...files.after,
  ].map(file =>
    file.name === '40-workload.yaml'
      ? { ...file, name: `40-${service.workload.toLowerCase()}.yaml` }
      : file,
  );
}
