import {
  AuditQuery,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { UnknownFilter, writeParams } from '../lib/urlState';

/** Actions that the trail knows. */
export const AUDIT_ACTIONS = [
  'request.asked',
  'request.reminded',
  'request.approved',
  'request.rejected',
  'request.overridden',
  'request.cancelled',
  'request.expired',
  'request.outdated',
  'request.superseded',
  'request.held',
  'request.resumed',
  'request.committed',
  'request.succeeded',
  'request.failed',
  'request.refused',
  'release.not-approved-here',
  'policy.changed',
  'policy.refused',
] as const;

/** One of the trail's known actions. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

const FIELDS = [
  'actor',
  'action',
  'env',
  'service',
  'request',
  'from',
  'to',
] as const;

/** Which entries are shown: the part of the page that lives in the URL; empty for all. */
export type AuditState = Record<(typeof FIELDS)[number], string> & {
  /** The page: entries below this sequence. */
  before?: number;
};

/** No filter at all. */
export const NO_FILTER: AuditState = {
  actor: '',
  action: '',
  env: '',
  service: '',
  request: '',
  from: '',
  to: '',
};

/** A request's id as people write it: `REQ-7`, `req-7` or `7`. */
function toRequestId(text: string): string | undefined {
  const number = /^(?:req-)?([1-9]\d{0,9})$/i.exec(text.trim())?.[1];
  return number && `REQ-${number}`;
}

function toService(text: string): ServiceRef | undefined {
  const [namespace, name, more] = text.trim().split('/');
  return namespace && name && more === undefined
    ? { namespace, name }
    : undefined;
}

function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
  );
}

/** Reads the URL; what isn't understood is left out and named. */
export function parseAuditState(params: URLSearchParams): {
  state: AuditState;
  unknown: UnknownFilter[];
} {
  const state = { ...NO_FILTER };
  const unknown: UnknownFilter[] = [];
  for (const field of FIELDS) {
    const value = params.get(field) ?? '';
    const day = field === 'from' || field === 'to';
    if (value && day && !isDay(value)) unknown.push({ key: field, value });
    else state[field] = value;
  }
  // They stay in their fields to be completed, and filter nothing until then.
  for (const [key, read] of [
    ['service', toService],
    ['request', toRequestId],
  ] as const) {
    const value = state[key];
    if (value && !read(value)) unknown.push({ key, value });
  }
  const before = params.get('before');
  if (before && /^[1-9]\d{0,9}$/.test(before)) state.before = Number(before);
  else if (before) unknown.push({ key: 'before', value: before });
  return { state, unknown };
}

/** Writes what {@link parseAuditState} reads; what is empty is left out. */
export function formatAuditState(
  state: AuditState,
  base?: URLSearchParams,
): URLSearchParams {
  const { before, ...fields } = state;
  return writeParams({ ...fields, before: before?.toString() }, base);
}

/** The state as a question to the API; days are whole days in UTC, as the table's times. */
export function toAuditQuery(state: AuditState): AuditQuery {
  const service = toService(state.service);
  const request = toRequestId(state.request);
  return {
    ...(state.actor.trim() && { actor: state.actor.trim() }),
    ...(state.action && { actions: [state.action] }),
    ...(state.env && { environments: [state.env] }),
    ...(service && { service }),
    ...(request && { request }),
    ...(state.from && { from: `${state.from}T00:00:00.000Z` }),
    ...(state.to && { to: `${state.to}T23:59:59.999Z` }),
    ...(state.before !== undefined && { before: state.before }),
  };
}
