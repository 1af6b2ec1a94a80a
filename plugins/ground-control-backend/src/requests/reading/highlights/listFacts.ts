import { DiffHighlight } from '@ground-control/backstage-plugin-ground-control-common';
import { Container, Manifest } from './manifestSchema';

/** Something of a manifest that matters to who decides. */
export interface Fact {
  /** The same on both sides. */
  key: string;
  kind: DiffHighlight['kind'];
  name: string;
  value: string;
  /** Values of variables and Secrets are nobody's to read here. */
  isTold: boolean;
}

/** What names or images of migrations of a database have in common. */
export const MIGRATION = /migrat|flyway|liquibase/i;

type Add = (
  kind: Fact['kind'],
  name: string,
  value: unknown,
  isTold?: boolean,
) => void;

function addContainer(container: Container, add: Add) {
  const { env, envFrom, image, name, resources } = container;
  if (image) add('image', name, image);
  for (const side of ['requests', 'limits'] as const) {
    for (const [what, amount] of Object.entries(resources?.[side] ?? {})) {
      add('resources', `${name} ${what} ${side}`, amount);
    }
  }
  for (const variable of env ?? []) {
    const isSecret = variable.valueFrom?.secretKeyRef !== undefined;
    const value = JSON.stringify(variable);
    add(isSecret ? 'secret' : 'env', variable.name, value, false);
  }
  for (const { configMapRef, secretRef } of envFrom ?? []) {
    if (configMapRef) add('env', configMapRef.name, '', false);
    if (secretRef) add('secret', secretRef.name, '', false);
  }
}

function addMigrations(manifest: Manifest, init: Container[], add: Add) {
  const isMigration = ({ name, image }: Partial<Container>) =>
    MIGRATION.test(name ?? '') || MIGRATION.test(image ?? '');
  const { kind, metadata, spec } = manifest;
  const own = spec?.template?.spec.containers ?? [];
  if (kind === 'Job' && (isMigration(metadata) || own.some(isMigration))) {
    const images = own.flatMap(({ image }) => image ?? []);
    add('migration', `Job ${metadata.name}`, images.join(', '));
  }
  for (const container of init.filter(isMigration)) {
    add('migration', container.name, container.image ?? '');
  }
}

/**
 * Lists what of a manifest matters.
 *
 * @param masked - stands for the values of the file's Secrets
 */
export function listFacts(manifest: Manifest, masked?: string): Fact[] {
  const { data, kind, metadata, spec, stringData } = manifest;
  const facts: Fact[] = [];
  let part = '';
  const add: Add = (factKind, name, value, isTold = true) =>
    facts.push({
      key: [kind, metadata.name, part, factKind, name].join('\0'),
      kind: factKind,
      name,
      value: String(value),
      isTold,
    });
  const { maxReplicas, minReplicas, replicas } = spec ?? {};
  if (replicas !== undefined && replicas !== null) {
    add('replicas', metadata.name, replicas);
  }
  if (kind === 'HorizontalPodAutoscaler') {
    const range = `${minReplicas ?? 1}–${maxReplicas ?? '?'}`;
    add('replicas', `${kind} ${metadata.name}`, range);
  }
  const pod = (spec?.template ?? spec?.jobTemplate?.spec.template)?.spec;
  const init = pod?.initContainers ?? [];
  for (const container of [...(pod?.containers ?? []), ...init]) {
    part = container.name;
    addContainer(container, add);
  }
  part = '';
  addMigrations(manifest, init, add);
  const names = Object.keys({ ...data, ...stringData });
  if (kind === 'ConfigMap') {
    names.forEach(name => add('env', name, data?.[name], false));
  }
  if (kind === 'Secret') {
    names.forEach(name => add('secret', name, '', false));
    add('secret', `Secret ${metadata.name}`, masked, false);
  }
  return facts;
}
