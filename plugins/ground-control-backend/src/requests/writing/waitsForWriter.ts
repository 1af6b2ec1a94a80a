import { RequestRow } from '../types';

/**
 * Why a request is held until the writer itself gets on: other holds, such as
 * a freeze, end by other hands.
 */
export const WRITER_CODES = [
  'remote-unreachable',
  'remote-forbidden',
  'remote-missing',
  'remote-empty',
  'remote-timeout',
  'remote-failing',
  'push-refused',
  'store-failing',
  'write-failed',
] as const;

export type WriterCode = (typeof WRITER_CODES)[number];

/** Whether the writer is to make a commit of a request. */
export function waitsForWriter(
  row: Pick<RequestRow, 'state' | 'code'>,
): boolean {
  return (
    row.state === 'approved' ||
    (row.state === 'held' &&
      (WRITER_CODES as readonly string[]).includes(row.code))
  );
}
