import { DiffHunk } from '@ground-control/backstage-plugin-ground-control-common';

/** A line of a difference with its numbers in the two files. */
export interface NumberedLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  oldNumber?: number;
  newNumber?: number;
}

/** Numbers the lines of a hunk; a line's first character says what became of it. */
export function numberLines(hunk: DiffHunk): NumberedLine[] {
  let oldNumber = hunk.oldStart;
  let newNumber = hunk.newStart;
  return hunk.lines.map(line => {
    const text = line.slice(1);
    switch (line[0]) {
      case '+':
        return { kind: 'added', text, newNumber: newNumber++ };
      case '-':
        return { kind: 'removed', text, oldNumber: oldNumber++ };
      default:
        return {
          kind: 'same',
          text,
          oldNumber: oldNumber++,
          newNumber: newNumber++,
        };
    }
  });
}
