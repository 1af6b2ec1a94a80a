import {
  LinkCell,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FixtureLinks } from '../../__testUtils__/FixtureLinks';
import { decideCells } from './decideCells';
import { layoutEdges, widthOfLabel } from './layoutEdges';
import { BOX, layoutMap } from './layoutMap';
import { moveInMap } from './moveInMap';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const { clusters } = new FixtureLinks('mixed', NOW);
const layout = layoutMap(clusters);
const TEXT = '64 ms ×2.8';

const cellOf = (from: string, to: string, state: LinkState): LinkCell => ({
  ...new FixtureLinks('mixed', NOW).cells[0],
  from,
  to,
  state,
});

describe('layoutMap', () => {
  it('has a column for each provider, and the clusters in the given order', () => {
    expect(layout.columns.map(({ provider }) => provider)).toEqual([
      'aws',
      'azure',
      'gcp',
    ]);
    expect(
      layout.boxes.map(({ cluster, column, row }) => [
        cluster.name,
        column,
        row,
      ]),
    ).toEqual([
      ['aws-prod-1', 0, 0],
      ['aws-prod-2', 0, 1],
      ['az-prod-1', 1, 0],
      ['az-prod-2', 1, 1],
      ['gcp-prod-1', 2, 0],
      ['gcp-prod-2', 2, 1],
      ['aws-stg-1', 0, 2],
    ]);
  });

  it('is of no clusters as well', () => {
    expect(layoutMap([]).boxes).toEqual([]);
  });
});

describe('decideCells', () => {
  const states: LinkState[] = [
    'hidden',
    'normal',
    'not-linked',
    'never-sampled',
    'stale',
    'elevated',
    'high',
    'down',
  ];
  const cells = states.map(state => cellOf('aws-prod-1', 'az-prod-1', state));
  const others = states.map(state => cellOf('gcp-prod-1', 'az-prod-2', state));

  it.each<[string, string | undefined, LinkState[]]>([
    [
      'those that aren’t well, worst first',
      undefined,
      ['down', 'high', 'elevated', 'stale', 'never-sampled'],
    ],
    [
      'of a cluster all, out',
      'aws-prod-1',
      ['down', 'high', 'elevated', 'stale', 'never-sampled', 'normal'],
    ],
    [
      'of a cluster all, in',
      'az-prod-1',
      ['down', 'high', 'elevated', 'stale', 'never-sampled', 'normal'],
    ],
  ])('%s', (_, cluster, expected) => {
    const decided = decideCells(cells, cluster);
    expect(decided.map(({ state }) => state)).toEqual(expected);
    expect(decideCells([...cells, ...others], cluster)).toHaveLength(
      cluster ? 6 : 10,
    );
  });
});

describe('layoutEdges', () => {
  const lay = (...pairs: [string, string][]) =>
    layoutEdges(
      layout,
      pairs.map(([from, to]) => ({
        cell: cellOf(from, to, 'high'),
        text: TEXT,
      })),
    );

  it.each([
    ['beside each other', 'aws-prod-1', 'az-prod-1'],
    ['over a column', 'aws-prod-1', 'gcp-prod-1'],
    ['across rows', 'aws-prod-2', 'az-prod-1'],
    ['within a column', 'aws-prod-1', 'aws-prod-2'],
    ['within the last', 'gcp-prod-1', 'gcp-prod-2'],
  ])('draws the two of a pair %s apart', (_, a, b) => {
    const [there, back] = lay([a, b], [b, a]);
    expect(there.path).not.toEqual(back.path);
    expect(
      Math.abs(there.label.x - back.label.x) >= 100 ||
        Math.abs(there.label.y - back.label.y) >= 22,
    ).toBe(true);
    // Each points at its target: the end lies on the edge of that box.
    for (const [edge, to] of [
      [there, b],
      [back, a],
    ] as const) {
      const box = layout.boxes.find(({ cluster }) => cluster.name === to)!;
      expect([box.x, box.x + BOX.width]).toContain(edge.head.x);
      expect(edge.head.y).toBeGreaterThan(box.y);
      expect(edge.head.y).toBeLessThan(box.y + BOX.height);
    }
  });

  it.each([undefined, ...clusters.map(({ name }) => name)])(
    'lets labels cover neither boxes nor each other while there is room, of %s',
    name => {
      const { cells } = new FixtureLinks('mixed', NOW);
      const areas = [
        ...layoutEdges(
          layout,
          decideCells(cells, name).map(cell => ({
            cell,
            text: cell.state === 'high' ? TEXT : '24 ms',
          })),
        ).map(({ label, text }) => ({
          ...label,
          width: widthOfLabel(text),
          height: 22,
        })),
        ...layout.boxes.map(({ x, y }) => ({
          x: x + BOX.width / 2,
          y: y + BOX.height / 2,
          ...BOX,
        })),
      ];
      const covered = areas.filter((a, i) =>
        areas.some(
          (b, j) =>
            j > i &&
            Math.abs(a.x - b.x) < (a.width + b.width) / 2 &&
            Math.abs(a.y - b.y) < (a.height + b.height) / 2,
        ),
      );
      // The busiest has eleven links in one gap.
      expect(covered.length).toBeLessThanOrEqual(name === 'aws-prod-1' ? 2 : 0);
    },
  );

  it('leaves out what has no box', () => {
    expect(lay(['aws-prod-1', 'moon'], ['moon', 'aws-prod-1'])).toEqual([]);
  });
});

describe('moveInMap', () => {
  it.each([
    ['aws-prod-1', 'ArrowDown', 'aws-prod-2'],
    ['aws-prod-1', 'ArrowUp', undefined],
    ['aws-prod-1', 'ArrowRight', 'az-prod-1'],
    ['aws-stg-1', 'ArrowRight', 'az-prod-2'],
    ['aws-stg-1', 'ArrowDown', undefined],
    ['gcp-prod-1', 'ArrowRight', undefined],
    ['gcp-prod-2', 'ArrowLeft', 'az-prod-2'],
    ['gcp-prod-2', 'Enter', undefined],
    ['moon', 'ArrowDown', undefined],
  ])('from %s by %s to %s', (from, key, to) => {
    expect(moveInMap(layout, from, key)).toBe(to);
  });
});
