import { parseAllDocuments } from 'yaml';
import { ReleaseFile } from '../../../releases/buildManifestDiff';
import { Manifest, manifestSchema } from './manifestSchema';

/** Larger files are no manifests that somebody writes. */
const MOST_BYTES = 256 * 1024;

function flatten(value: unknown): unknown[] {
  const items = (value as { items?: unknown } | null)?.items;
  return Array.isArray(items) ? items.flatMap(flatten) : [value];
}

/** The manifests of a file, as far as it can be read. */
export function readManifests({ content }: ReleaseFile): Manifest[] {
  if (!content || content.length > MOST_BYTES) return [];
  try {
    const documents = parseAllDocuments(content.toString('utf8'), {
      logLevel: 'silent',
    });
    if ('empty' in documents) return [];
    return documents
      .filter(({ errors }) => errors.length === 0)
      .flatMap(document => flatten(document.toJS({ maxAliasCount: 100 })))
      .flatMap(value => manifestSchema.safeParse(value).data ?? []);
  } catch {
    // The difference shows it as it is.
    return [];
  }
}
