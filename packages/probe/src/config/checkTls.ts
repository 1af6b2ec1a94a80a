import { readTls } from '../lib/readTls.ts';
import type { TlsFiles } from '../types.ts';

/** What is wrong with certificates and keys, so that it is known at once. */
export function checkTls(files: TlsFiles): string | undefined {
  try {
    readTls(files);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    return `names files that can't be used: ${message}`;
  }
}
