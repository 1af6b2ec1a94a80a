/** The name part of an entity ref, for where no title is known. */
export function shortName(ref: string): string {
  return ref.replace(/^[^:]*:/, '').replace(/^default\//, '');
}
