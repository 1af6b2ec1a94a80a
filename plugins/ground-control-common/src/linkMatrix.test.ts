import fc from 'fast-check';
import { decodeLinkMatrix, encodeLinkMatrix } from './linkMatrix';
import { LINK_STATES, LinkCell, LinkMatrix } from './links';

const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const time = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
  .map(date => date.toISOString());
const name = fc.constantFrom('aws-prod-1', 'az-prod-1', 'gcp-prod-1', 'ø"\n');

const cell: fc.Arbitrary<LinkCell> = fc.record({
  from: name,
  to: name,
  state: fc.constantFrom(...LINK_STATES),
  code: fc.constantFrom('as-usual', 'slower', 'hidden'),
  since: orNull(time),
  valueMs: orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
  approximate: fc.boolean(),
  enough: fc.boolean(),
  needed: fc.nat(),
  baselineMs: orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
  loss: orNull(fc.double({ min: 0, max: 1, noNaN: true })),
  lossAtLeast: fc.boolean(),
  samples: fc.nat(),
  sampledAt: orNull(time),
  lastSuccessAt: orNull(time),
  source: orNull(fc.string()),
  probe: orNull(fc.string()),
});

const matrix: fc.Arbitrary<LinkMatrix> = fc.record({
  asOf: time,
  window: fc.constant('1h'),
  percentile: fc.constant('p95'),
  clusters: fc.constant([]),
  cells: fc.array(cell),
  trust: fc.constant([]),
});

describe('encodeLinkMatrix and decodeLinkMatrix', () => {
  it('are a pair, over JSON', () => {
    fc.assert(
      fc.property(matrix, one => {
        const travelled = JSON.parse(JSON.stringify(encodeLinkMatrix(one)));
        // What JSON itself does to numbers, such as -0, is no matter of ours.
        expect(decodeLinkMatrix(travelled)).toEqual(
          JSON.parse(JSON.stringify(one)),
        );
      }),
    );
  });

  it('name each text once', () => {
    const [one] = fc.sample(cell, 1);
    const cells = Array.from({ length: 100 }, () => one);
    const { strings } = encodeLinkMatrix({
      asOf: '',
      window: '1h',
      percentile: 'p95',
      clusters: [],
      cells,
      trust: [],
    });
    expect(new Set(strings).size).toBe(strings.length);
  });
});
