import {
  formatServiceRef,
  parseServiceRef,
  PolicySubject,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { namesService, namesSquad, PolicyFile } from '../file';
import { RuleSection } from './types';

/** The part of `ground-control.yaml` that is a subject's own, and whom else it is about. */
export interface ResolvedSection {
  section: RuleSection;
  /** What it says can't be used. */
  fault?: PolicyFile['fault'];
}

const bareName = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1);

function chooseSquad(
  file: PolicyFile,
  squad: string,
  squads: readonly string[],
): string {
  const named = file.squads.filter(({ name }) => namesSquad(name, squad));
  const meansOnly = (name: string) =>
    squads.filter(other => namesSquad(name, other)).every(o => o === squad);
  const own =
    named.find(({ name }) => name.includes('/')) ??
    named.find(({ name }) => meansOnly(name));
  if (own) return own.name;
  const bare = bareName(squad);
  return meansOnly(bare) ? bare : squad;
}

function chooseService(
  file: PolicyFile,
  service: ServiceRef,
  services: readonly ServiceRef[],
): string {
  const named = file.services.filter(({ name }) => namesService(name, service));
  const exact = named.find(({ name }) => parseServiceRef(name)?.namespace);
  const isOnlyOne = !services.some(
    other =>
      other.name === service.name && other.namespace !== service.namespace,
  );
  return (
    (exact ?? (isOnlyOne ? named[0] : undefined))?.name ??
    formatServiceRef(service)
  );
}

/**
 * Finds the part that says what holds for a subject alone; where the file has
 * none, the name that a new one gets. A part whose name also means others is
 * theirs as well, and left alone where another name can be given.
 *
 * @param known - Groups and services that there are
 */
export function resolveSection(
  file: PolicyFile,
  subject: PolicySubject,
  known: { squads: readonly string[]; services: readonly ServiceRef[] },
): ResolvedSection {
  if (subject.level === 'defaults') {
    const { fault } = file.defaults;
    return { section: { of: 'defaults' }, ...(fault && { fault }) };
  }
  const isSquad = subject.level === 'squad';
  const name = isSquad
    ? chooseSquad(file, subject.squad, known.squads)
    : chooseService(file, subject.service, known.services);
  const levels = isSquad ? file.squads : file.services;
  const fault = levels.find(level => level.name === name)?.fault;
  return {
    section: { of: isSquad ? 'squad' : 'service', name },
    ...(fault && { fault }),
  };
}

/** Where a section stands in the file. */
export function pathOfSection(section: RuleSection): string[] {
  if (section.of === 'defaults') return ['defaults'];
  return [section.of === 'squad' ? 'squads' : 'services', section.name];
}
