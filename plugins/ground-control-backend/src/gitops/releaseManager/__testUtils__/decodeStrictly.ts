/**
 * What release-manager's reader takes of a JSON file, written from the
 * description of its formats alone: nothing here may be shared with what
 * writes them.
 */

type Shape = 'text' | 'number' | 'time' | 'anything' | Shape[] | Keys;
interface Keys {
  [key: string]: Shape;
}

const SOURCE: Keys = {
  branch: 'text',
  sha: 'text',
  authorName: 'text',
  authorEmail: 'text',
  committerName: 'text',
  committerEmail: 'text',
  message: 'text',
  name: 'text',
  url: 'text',
  provider: 'text',
};

const ARTIFACT: Keys = {
  id: 'text',
  service: 'text',
  namespace: 'text',
  application: SOURCE,
  ci: { jobUrl: 'text', start: 'time', end: 'time' },
  squad: 'text',
  shuttle: { plan: SOURCE, shuttleVersion: 'text' },
  // Unknown keys and ids are tolerated in here.
  stages: ['anything'],
};

const POLICIES: Keys = {
  service: 'text',
  autoReleases: [{ id: 'text', branch: 'text', environment: 'text' }],
  branchRestrictions: [
    { id: 'text', branchRegex: 'text', environment: 'text' },
  ],
};

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function check(value: unknown, shape: Shape, where: string): void {
  const wrong = (why: string) => new Error(`${where || 'the file'} ${why}`);
  if (shape === 'anything') return;
  if (shape === 'text' || shape === 'time') {
    if (typeof value !== 'string') throw wrong('is no string');
    if (shape === 'time' && !TIME.test(value)) throw wrong('is no time');
  } else if (shape === 'number') {
    if (typeof value !== 'number') throw wrong('is no number');
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) throw wrong('is no list');
    value.forEach((item, at) => check(item, shape[0], `${where}[${at}]`));
  } else {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrong('is no object');
    }
    for (const [key, item] of Object.entries(value)) {
      if (!Object.hasOwn(shape, key)) throw wrong(`has a stray key ${key}`);
      check(item, shape[key], `${where}.${key}`);
    }
  }
}

/** @throws where one stray key would break `status`, `describe` and `release` */
export function decodeArtifact(bytes: Buffer): any {
  const value = JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(bytes),
  );
  check(value, ARTIFACT, '');
  return value;
}

/** @throws where it would refuse every release of the service */
export function decodePolicies(bytes: Buffer): any {
  if (bytes.length === 0) return {};
  const value = JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(bytes),
  );
  check(value, POLICIES, '');
  return value;
}
