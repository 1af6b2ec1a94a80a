/**
 * Milliseconds since 1970 as ISO 8601. PostgreSQL's driver gives bigint
 * columns as strings.
 */
export function formatTime(milliseconds: number | string): string {
  return new Date(Number(milliseconds)).toISOString();
}
