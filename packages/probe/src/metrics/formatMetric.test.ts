import fc from 'fast-check';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import { formatHead, formatSamples } from './formatMetric.ts';

type Read = MetricObjectWithValues<MetricValue<string>>;
const read = (values: { labels: object; value: number }[]) =>
  ({ name: 'm', help: 'a\\b\nc', type: 'gauge', values } as unknown as Read);

it('writes heads on a line each', () => {
  expect(formatHead(read([]))).toBe('# HELP m a\\\\b\\nc\n# TYPE m gauge\n');
});

it.each([
  [{}, 1, 'm 1\n'],
  [{ a: 'x' }, 0.5, 'm{a="x"} 0.5\n'],
  [{ a: 'x', b: 2 }, Infinity, 'm{a="x",b="2"} +Inf\n'],
  [{}, -Infinity, 'm -Inf\n'],
  [{}, NaN, 'm NaN\n'],
])('writes %j %d', (labels, value, line) => {
  expect(formatSamples(read([{ labels, value }]))).toBe(line);
});

it('writes any label so that it can be read again, on one line', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', 'n', 'é', '{') }),
      label => {
        const line = formatSamples(read([{ labels: { a: label }, value: 1 }]));
        const [, escaped] = /^m\{a="((?:[^"\\\n]|\\[\\n"])*)"\} 1\n$/.exec(
          line,
        )!;
        const back = escaped.replace(/\\([\\n"])/g, (_, c) =>
          c === 'n' ? '\n' : c,
        );
        expect(back).toBe(label);
      },
    ),
  );
});
