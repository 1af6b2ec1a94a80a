import {
  parseServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PolicyFile, PolicyFileFault } from './readPolicyFile';
import { RuleLevel } from '../rules';

/** The levels of the file that hold for a service, and what of them can't be read. */
export interface FoundLevels {
  defaults: RuleLevel;
  others: RuleLevel[];
  /** The first. */
  fault?: PolicyFileFault;
}

const REF = /^(?:(?:group:)?([^:/]+)\/|group:)?([^:/]+)$/;

/** Whether a squad's name in the file means a Group; a bare name means it in any namespace. */
export function namesSquad(name: string, squadRef: string): boolean {
  const [, namespace, group] = REF.exec(name.toLowerCase()) ?? [];
  const [, ownNamespace, ownGroup] = REF.exec(squadRef.toLowerCase()) ?? [];
  return (
    group !== undefined &&
    group === ownGroup &&
    (namespace === undefined || namespace === ownNamespace)
  );
}

/** Whether a name in the file means a service; a bare name means it in any namespace. */
export function namesService(name: string, service: ServiceRef): boolean {
  const ref = parseServiceRef(name);
  return (
    ref?.name === service.name &&
    (ref.namespace === '' || ref.namespace === service.namespace)
  );
}

/** Finds what the file says of a service, as far as it can be read. */
export function findLevels(
  file: PolicyFile,
  of: { service: ServiceRef; squadRef?: string },
): FoundLevels {
  const found = [
    ...file.squads.filter(
      ({ name }) => of.squadRef !== undefined && namesSquad(name, of.squadRef),
    ),
    ...file.services.filter(({ name }) => namesService(name, of.service)),
  ];
  const fault =
    file.fault ??
    file.defaults.fault ??
    found.map(one => one.fault).find(one => one);
  return {
    defaults: file.defaults.level ?? { environments: new Map(), freezes: [] },
    others: found.flatMap(one => one.level ?? []),
    ...(fault && { fault }),
  };
}
