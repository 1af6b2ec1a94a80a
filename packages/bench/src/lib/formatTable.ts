import type { Figure } from '../types.ts';

/** Whether a figure reaches its target; one that couldn't be measured doesn't. */
export function holds(figure: Figure): boolean {
  return figure.atLeast
    ? figure.value >= figure.target
    : figure.value <= figure.target;
}

function formatValue(value: number, unit: string): string {
  if (Number.isNaN(value)) return 'not measured';
  const digits = 2 - Math.min(2, Math.floor(Math.log10(Math.max(1, value))));
  return `${value.toFixed(digits)} ${unit}`;
}

/** A Markdown table of figures under a heading. */
export function formatTable(title: string, figures: Figure[]): string {
  return [
    `### ${title}`,
    '',
    '| what | measured | target | holds | how |',
    '| --- | --- | --- | --- | --- |',
    ...figures.map(
      figure =>
        `| ${figure.name} | ${formatValue(figure.value, figure.unit)} | ${
          figure.atLeast ? 'at least ' : ''
        }${figure.target} ${figure.unit} | ${
          holds(figure) ? 'yes' : '**no**'
        } | ${figure.note ?? ''} |`,
    ),
    '',
  ].join('\n');
}
