import { parseArgs } from 'node:util';
import { formatTable, holds } from './lib/formatTable.ts';
import { timeFixedWork } from './lib/timeFixedWork.ts';
import { measurements } from './measurements.ts';
import type { Context } from './types.ts';

/** A Context, and what ends the portals that it started. */
export interface BenchHost extends Omit<Context, 'say'> {
  stopPortals(): Promise<void>;
}

const HELP = `bench [--json] [--only ID[,ID]] [--strict]
  --json    print the figures as JSON instead of tables
  --only    only these: ${measurements.map(({ id }) => id).join(', ')}
  --strict  exit with 1 when a figure misses its target
`;

/** Runs the benchmarks; returns the exit code. */
export async function main(args: string[], host: BenchHost): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const only = values.only?.split(',');
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const results = [];
  for (const { id, title, measure } of measurements) {
    if (only && !only.includes(id)) continue;
    say(`Measuring: ${title}…`);
    const before = timeFixedWork();
    try {
      const figures = await measure({ ...host, say });
      const fixedWorkMs = [before, timeFixedWork()];
      results.push({ id, title, fixedWorkMs, figures });
      if (!values.json) {
        process.stdout.write(
          `${formatTable(title, figures)}${formatSpeed(fixedWorkMs)}\n\n`,
        );
      }
    } finally {
      await host.stopPortals();
    }
  }
  const all = results.flatMap(result => result.figures);
  const missed = all.filter(figure => !holds(figure)).length;
  if (values.json) {
    process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  }
  say(`${all.length - missed} of ${all.length} figures hold.`);
  return values.strict && missed > 0 ? 1 : 0;
}

function formatSpeed([before, after]: number[]): string {
  return `A fixed piece of work took ${before.toFixed(
    0,
  )} ms before and ${after.toFixed(0)} ms after.`;
}
