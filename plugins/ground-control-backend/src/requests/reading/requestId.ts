const ID = /^REQ-([1-9]\d{0,9})$/;
/** Numbers are 32-bit in the database: a larger one would be a fault there. */
const MOST = 0x7fffffff;

/** Writes a request's number as its id. */
export function formatRequestId(number: number): string {
  return `REQ-${number}`;
}

/** Reads what {@link formatRequestId} writes; undefined for anything else. */
export function parseRequestId(id: string): number | undefined {
  const number = Number(ID.exec(id)?.[1]);
  return number <= MOST ? number : undefined;
}
