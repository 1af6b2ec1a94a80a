/**
 * What makes a spreadsheet take a text for a formula, at its beginning or
 * behind what some take for the end of a cell: a semicolon, a tab, a line's
 * end. Full-width signs count as well.
 */
const FORMULA = /(^|[;\t\r\n])([ \t\r\n"]*)([=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * Writes one row of CSV (RFC 4180), each cell in quotes. An apostrophe stands
 * before whatever a spreadsheet would calculate: an entry may hold words of
 * anybody.
 */
export function formatCsvRow(cells: string[]): string {
  const formatted = cells.map(cell => {
    const safe = cell.replace(FORMULA, "$1$2'$3");
    return `"${safe.replaceAll('"', '""')}"`;
  });
  return `${formatted.join(',')}\r\n`;
}
