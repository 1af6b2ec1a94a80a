import { Person } from '@ground-control/backstage-plugin-ground-control-common';
import {
  ReleaseMessage,
  ReleaseToWrite,
} from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../../lib/cleanText';

/**
 * Commit messages of lunarway/release-manager, as of its commit b788dfb. What
 * it reads as a release, we read as the same one; whether to believe it is
 * another question, because any title `[a/b] some words` has the form.
 */

/** `Key: value`; its keys are letters and hyphens. */
const TRAILER = /^([a-zA-Z-]+):(.*)$/s;

// Longer titles aren't release-manager's, and the pattern below would take
// time on a text made for that.
const MAX_TITLE = 1_000;

const TITLE =
  /^\[([^/]+)\/(.*)\] ([a-z ]+)(?: ([^ ]+) to)? ([^ ]+)(?: by (.*))?$/s;

const INTENTS: Record<string, ReleaseMessage['intent']> = {
  ReleaseArtifact: 'release-artifact',
  ReleaseBranch: 'release-branch',
  Promote: 'promote',
  Rollback: 'rollback',
  AutoRelease: 'auto-release',
};

/** Splits a message into its title and the unbroken run of trailers at its end. */
export function readTrailers(message: string): {
  title: string;
  trailers: Map<string, string>;
} {
  const lines = message.replace(/\n+$/, '').split('\n');
  const title = lines[0];
  let start = lines.length;
  while (start > 1 && TRAILER.test(lines[start - 1])) start -= 1;
  const trailers = new Map<string, string>();
  for (const line of lines.slice(start)) {
    const [, key, value] = TRAILER.exec(line) ?? [];
    // The first of a duplicate wins.
    if (key && !trailers.has(key)) trailers.set(key, value.trim());
  }
  return { title, trailers };
}

/** Reads `name <address>`. */
export function readPerson(text: string): Person | undefined {
  const match = /^(.*) <(.*)>$/.exec(text);
  return match ? { name: match[1], email: match[2] } : undefined;
}

/** What a message claims to release, or undefined where it claims nothing. */
export function readReleaseMessage(
  message: string,
): ReleaseMessage | undefined {
  const { title, trailers } = readTrailers(message);
  const match = title.length <= MAX_TITLE ? TITLE.exec(title) : null;
  const intentTrailer = trailers.get('Release-intent');
  if (!match && intentTrailer === undefined) return undefined;
  const [, titleEnvironment, titleService, words, titleLeft, titleId, titleBy] =
    match ?? [];
  if (words === 'artifact') return undefined;

  const person = readPerson(trailers.get('Artifact-released-by') ?? '');
  const releasedBy =
    person?.email || !titleBy
      ? person
      : { name: person?.name ?? '', email: titleBy };
  const intent =
    INTENTS[intentTrailer ?? ''] ??
    (words === 'rollback' ? 'rollback' : 'release-artifact');
  return {
    environment: trailers.get('Environment') || titleEnvironment || '',
    service: trailers.get('Service') || titleService || '',
    artifactId: trailers.get('Artifact-ID') || titleId || '',
    intent,
    ...(releasedBy ? { releasedBy } : {}),
    ...readIntentDetail(intent, trailers, titleLeft),
  };
}

function readIntentDetail(
  intent: ReleaseMessage['intent'],
  trailers: Map<string, string>,
  titleLeft: string | undefined,
): Partial<ReleaseMessage> {
  if (intent === 'promote') {
    const fromEnvironment = trailers.get('Promoted-from-environment');
    return fromEnvironment ? { fromEnvironment } : {};
  }
  if (intent === 'release-branch') {
    const ofBranch = trailers.get('Release-of-branch');
    return ofBranch ? { ofBranch } : {};
  }
  if (intent === 'rollback') {
    const left = trailers.get('Rollback-of-artifact-id') || titleLeft;
    return left ? { leftArtifactId: left } : {};
  }
  return {};
}

const VERBS: Partial<Record<ReleaseMessage['intent'], string>> = {
  rollback: 'rollback',
  'auto-release': 'auto release',
};

const INTENT_NAMES = Object.fromEntries(
  Object.entries(INTENTS).map(([name, intent]) => [intent, name]),
) as Record<ReleaseMessage['intent'], string>;

/** Longer values are cut: nothing that belongs into a message is as long. */
const MAX_VALUE = 1_000;

function formatEmail(email: string): string {
  return cleanText(email, MAX_VALUE).replace(/[<>\s]/g, '');
}

/** The pair of {@link readPerson}. */
export function formatPerson({ name, email }: Person): string {
  const plain = cleanText(name.replace(/[<>]/g, ''), MAX_VALUE);
  return `${plain} <${formatEmail(email)}>`;
}

function formatTrailer([key, value]: [string, string | undefined]): string[] {
  const plain = key.replace(/[^a-zA-Z-]/g, '');
  const text = cleanText(value ?? '', MAX_VALUE);
  return plain && text ? [`${plain}: ${text}`] : [];
}

/** The one line that an intent adds; the pair of {@link readIntentDetail}. */
function formatIntentDetail(
  release: ReleaseToWrite,
): Array<[string, string | undefined]> {
  switch (release.intent) {
    case 'promote':
      return [['Promoted-from-environment', release.fromEnvironment]];
    case 'release-branch':
      return [['Release-of-branch', release.ofBranch]];
    case 'rollback':
      return [['Rollback-of-artifact-id', release.leftArtifactId]];
    default:
      return [];
  }
}

/**
 * Writes the message of a release as release-manager does; the pair of
 * {@link readReleaseMessage}. Each value stays on its line, whatever is in it,
 * so that none can pose as a trailer. Our trailers follow its own in the same
 * run, and of two of one key the first counts.
 */
export function formatReleaseMessage(release: ReleaseToWrite): string {
  const { intent, releasedBy, createdBy } = release;
  const environment = cleanText(release.environment, MAX_VALUE);
  const service = cleanText(release.service, MAX_VALUE);
  const artifactId = cleanText(release.artifactId, MAX_VALUE);
  const email = formatEmail(releasedBy.email);
  const trailers: Array<[string, string | undefined]> = [
    ['Service', service],
    ['Environment', environment],
    ['Artifact-ID', artifactId],
    ['Artifact-released-by', formatPerson(releasedBy)],
    ['Artifact-created-by', formatPerson(createdBy)],
    ['Release-intent', INTENT_NAMES[intent]],
    ...formatIntentDetail(release),
    ...release.trailers,
  ];
  const verb = VERBS[intent] ?? 'release';
  const by = email ? ` by ${email}` : '';
  return [
    `[${environment}/${service}] ${verb} ${artifactId}${by}`,
    '',
    ...trailers.flatMap(formatTrailer),
    '',
  ].join('\n');
}
