/** Why a zip, or what is looked for in it, can't be read. */
export type ZipFault =
  | 'missing'
  | 'not-a-file'
  | 'broken'
  | 'no-entry'
  | 'no-environment'
  | 'too-large'
  | 'bad-name'
  | 'twice';

/** A size in a text of a fault. */
export const MAX_DESCRIPTION = 1024 * 1024;
/** Of all files of one environment together. */
export const MAX_FILES = 32 * 1024 * 1024;
/** Of a whole zip that is kept. */
export const MAX_ZIP = 64 * 1024 * 1024;
