import { DiffHighlight } from '@ground-control/backstage-plugin-ground-control-common';
import { ReleaseFile } from '../../../releases/buildManifestDiff';
import { Fact, listFacts, MIGRATION } from './listFacts';
import { readManifests } from './readManifests';

const MOST = 30;
const MOST_CHARACTERS = 200;

/** What is looked at first, first. */
const ORDER: readonly DiffHighlight['kind'][] = [
  'migration',
  'image',
  'replicas',
  'resources',
  'env',
  'secret',
];

type Placed = Fact & { path: string };

function listPlaced(
  files: ReleaseFile[],
  changed: ReadonlySet<string>,
): Map<string, Placed> {
  const facts = new Map<string, Placed>();
  for (const file of files) {
    const { content, masked, path } = file;
    // A migration runs with the release, whether or not it changes itself.
    const isRead = changed.has(path) || MIGRATION.test(String(content ?? ''));
    for (const manifest of isRead ? readManifests(file) : []) {
      for (const fact of listFacts(manifest, masked?.hash)) {
        facts.set(fact.key, { ...fact, path });
      }
    }
  }
  return facts;
}

/** Of two images of one repository, the tags say all. */
function shorten(before?: string, after?: string) {
  const end = (before ?? '').lastIndexOf(':') + 1;
  const isShared = end > 1 && after?.startsWith(before!.slice(0, end)) === true;
  return [before, after].map(text =>
    text?.slice(isShared ? end : 0).slice(0, MOST_CHARACTERS),
  );
}

function compare(before?: Placed, after?: Placed): DiffHighlight | undefined {
  const { isTold, kind, name } = (after ?? before)!;
  let change: DiffHighlight['change'] = 'modified';
  if (!before) change = 'added';
  else if (!after) change = 'removed';
  else if (before.value === after.value) {
    if (kind !== 'migration') return undefined;
    change = 'same';
  }
  const isShown = isTold && change !== 'same';
  const [from, to] = shorten(before?.value, after?.value);
  return {
    kind,
    name,
    change,
    ...(isShown && from !== undefined && { before: from }),
    ...(isShown && to !== undefined && { after: to }),
  };
}

/**
 * Finds what matters most of what changes between two sets of manifests, and
 * the files that it is in.
 *
 * @param paths - of the files that differ
 */
export function findHighlights(
  before: ReleaseFile[],
  after: ReleaseFile[],
  paths: string[],
): { highlights: DiffHighlight[]; files: Set<string> } {
  const changed = new Set(paths);
  const [old, now] = [before, after].map(side => listPlaced(side, changed));
  const files = new Set<string>();
  const found: DiffHighlight[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const highlight = compare(old.get(key), now.get(key));
    if (highlight) {
      found.push(highlight);
      files.add((now.get(key) ?? old.get(key))!.path);
    }
  }
  const rank = ({ kind }: DiffHighlight) => ORDER.indexOf(kind);
  found.sort((a, b) => rank(a) - rank(b));
  return { highlights: found.slice(0, MOST), files };
}
