import fc from 'fast-check';
import { MetricsText } from './MetricsText';
import { MetricSample, parseMetricLine } from './parseMetricLine';

const all = () => true;
const parse = (line: string) => parseMetricLine(line, all);

function read(text: string | Buffer, cut = 0): MetricSample[] {
  const samples: MetricSample[] = [];
  const reader = new MetricsText({
    isWanted: all,
    onSample: sample => samples.push(sample),
    mostSamples: 1_000,
  });
  const bytes = Buffer.from(text);
  reader.feed(bytes.subarray(0, cut));
  reader.feed(bytes.subarray(cut));
  reader.end();
  return samples;
}

const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,20}$/);
const labelName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,10}$/);
const number = fc.oneof(
  fc.double(),
  fc.nat(),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e-9, 1.5e21),
);
const sample = fc.record({
  name,
  labels: fc.dictionary(labelName, fc.string({ unit: 'binary' }), {
    maxKeys: 6,
  }),
  value: number,
});

function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

function format({ name: metric, labels, value }: MetricSample): string {
  const escape = (text: string) =>
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('\n', '\\n')
      .replaceAll('"', '\\"');
  const inside = Object.entries(labels)
    .map(([key, text]) => `${key}="${escape(text)}"`)
    .join(',');
  return `${metric}${inside && `{${inside}}`} ${formatValue(value)}`;
}

const plain = ({ labels, ...others }: MetricSample) => ({
  ...others,
  labels: { ...labels },
});

describe('metrics text', () => {
  it('is read as it was written, wherever it is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1 }), fc.nat(), (list, at) => {
        const text = `# HELP x y\n${list.map(format).join('\n')}\n`;
        const cut = at % Buffer.byteLength(text);
        expect(read(text, cut).map(plain)).toEqual(list.map(plain));
      }),
      { numRuns: 300 },
    );
  });

  it('that is no such text is refused in words or read, and always ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        let fault = 'Line 1 of what it sent';
        try {
          read(`${text}\n`);
        } catch (error) {
          fault = (error as Error).message;
        }
        expect(fault).toMatch(/^Line \d+ of what it sent/);
      }),
    );
  });

  it('cut off in the middle of a line is refused', () => {
    const text = 'a{le="0.1"} 12\nb{le="0.2"} 345\n';
    for (let length = 16; length < text.length; length += 1) {
      expect(() => read(text.slice(0, length))).toThrow(
        'cut off in the middle',
      );
    }
  });

  it.each([
    ['a 1', 1],
    ['a{} 1', 1],
    ['a{b="c",} 1.5e-3', 0.0015],
    ['a { b="c" } 1', 'fault'],
    ['a{ b = "c" , d = "e" } 1', 1],
    ['a{b="c"} 1 1700000000000', 1],
    ['a_bucket{le="0.1"} 3 # {trace_id="x"} 0.06 1700000000.1', 3],
    ['a +Inf', Infinity],
    ['a -Inf', -Infinity],
    ['a NaN', NaN],
    ['a\t 7', 7],
    ['a -0.5', -0.5],
    ['a{b="\\"} 1\\n"}2', 2],
    ['# TYPE a counter', undefined],
    ['# EOF', undefined],
    ['', undefined],
    ['   ', undefined],
    ['a', 'fault'],
    ['a ', 'fault'],
    ['a{b="c} 1', 'fault'],
    ['a{b=c} 1', 'fault'],
    ['a{b="c" 1', 'fault'],
    ['a 0x10', 'fault'],
    ['a 1e', 'fault'],
    ['a 1,5', 'fault'],
    ['<!DOCTYPE html>', 'fault'],
    ['{"status":"success"}', 'fault'],
  ])('%j is %j', (line, expected) => {
    const found = parse(line);
    const value = typeof found === 'object' ? found.value : found;
    expect(value).toEqual(expected);
  });

  it('has labels that are no part of JavaScript’s own objects', () => {
    const found = parse('a{__proto__="x",constructor="y"} 1') as MetricSample;
    expect(Object.keys(found.labels)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it.each(['', ' '])('with too many labels is refused, cut by %j', blank => {
    const write = (count: number) =>
      `a{${Array.from({ length: count }, (_, i) => `b${i}="c"${blank}`)}} 1`;
    expect(parse(write(64))).toMatchObject({ value: 1 });
    expect(parse(write(65))).toBe('fault');
  });

  it('with a line without end is refused before it fills the memory', () => {
    expect(() => read('x'.repeat(17 * 1024))).toThrow('is longer than 16384');
    expect(() => read(`${'x'.repeat(17 * 1024)}\n`)).toThrow('is longer than');
  });

  it('with too many values is refused', () => {
    expect(() => read('a 1\n'.repeat(1_001))).toThrow(
      'more than 1000 values of links',
    );
  });

  it('that is empty is no metrics', () => {
    expect(() => read('')).toThrow('sent nothing');
  });

  it('reads a hostile line in no time', () => {
    const line = `a{${'b="'.repeat(4_000)}`;
    const begun = performance.now();
    expect(parse(line)).toBe('fault');
    expect(parse(`a{b="${'\\'.repeat(15_000)}`)).toBe('fault');
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
