import {
  formatServiceRef,
  parseServiceRef,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import { UnknownFilter, writeParams } from '../lib/urlState';

/** What the page shows: the part of it that lives in the URL. */
export interface PoliciesState {
  subject: PolicySubject;
  /** One alone; empty for all. */
  environment: string;
}

/** Reads the URL; what isn't understood is left out and named. */
export function parsePoliciesState(params: URLSearchParams): {
  state: PoliciesState;
  unknown: UnknownFilter[];
} {
  const environment = params.get('environment') ?? '';
  const named = params.get('service');
  const squad = params.get('squad');
  const service = named ? parseServiceRef(named) : undefined;
  if (service) {
    return {
      state: { subject: { level: 'service', service }, environment },
      unknown: [],
    };
  }
  return {
    state: {
      subject: squad ? { level: 'squad', squad } : { level: 'defaults' },
      environment,
    },
    unknown: named ? [{ key: 'service', value: named }] : [],
  };
}

/** Writes what {@link parsePoliciesState} reads. */
export function formatPoliciesState(
  { subject, environment }: PoliciesState,
  base?: URLSearchParams,
): URLSearchParams {
  return writeParams(
    {
      squad: subject.level === 'squad' ? subject.squad : undefined,
      service:
        subject.level === 'service'
          ? formatServiceRef(subject.service)
          : undefined,
      environment,
    },
    base,
  );
}
