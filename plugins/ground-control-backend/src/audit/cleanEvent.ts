import { AuditEntry } from '@ground-control/backstage-plugin-ground-control-common';
import { AuditEvent } from './types';

/** What columns of the trail take. */
const LONGEST_NAME = 255;
/** A comment of 2,000 characters, and what is said of it. */
const LONGEST_TEXT = 4_000;
const MOST_ITEMS = 100;

type Detail = AuditEntry['details'][string];

/**
 * What PostgreSQL can't keep, or gives back otherwise than it was written,
 * would make an entry look changed: NUL, and halves of characters.
 */
function clean(text: string, longest: number): string {
  return text.replaceAll('\0', ' ').slice(0, longest).toWellFormed();
}

function cleanDetail(value: Detail): Detail {
  if (Array.isArray(value)) {
    return value
      .slice(0, MOST_ITEMS)
      .map(item => clean(String(item), LONGEST_TEXT));
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : String(value);
  }
  return typeof value === 'string' ? clean(value, LONGEST_TEXT) : value;
}

/** Makes an event fit for the trail's columns, so that noting it never fails. */
export function cleanEvent(event: AuditEvent): AuditEvent {
  const { service, environment, revision, details = {} } = event;
  return {
    at: Math.trunc(event.at),
    actor: clean(event.actor, LONGEST_NAME),
    action: clean(event.action, LONGEST_NAME),
    environment: environment && clean(environment, LONGEST_NAME),
    service: service && {
      namespace: clean(service.namespace, LONGEST_NAME),
      name: clean(service.name, LONGEST_NAME),
    },
    number: event.number,
    revision: revision && clean(revision, 64),
    details: Object.fromEntries(
      Object.entries(details)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([key, value]) => [clean(key, LONGEST_NAME), cleanDetail(value)]),
    ),
  };
}
