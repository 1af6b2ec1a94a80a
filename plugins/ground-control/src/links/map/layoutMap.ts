import { LinkCluster } from '@ground-control/backstage-plugin-ground-control-common';

/** The size of a cluster's box, in pixels at the usual size of text. */
export const BOX = { width: 136, height: 44 };

const COLUMN_STEP = 400;
const ROW_STEP = 88;
/** Room for the names of providers, and for arcs above the first row. */
export const TOP = 48;

/** Where a cluster stands. */
export interface MapBox {
  cluster: LinkCluster;
  column: number;
  row: number;
  x: number;
  y: number;
}

/** The boxes of a map; they stand where they do whatever the links say. */
export interface MapLayout {
  columns: { provider: string | null; x: number }[];
  boxes: MapBox[];
  width: number;
  height: number;
}

/** A column for each provider, in it its clusters, all in the given order. */
export function layoutMap(clusters: LinkCluster[]): MapLayout {
  const providers = [...new Set(clusters.map(({ provider }) => provider))];
  const rows = providers.map(() => 0);
  const boxes = clusters.map((cluster): MapBox => {
    const column = providers.indexOf(cluster.provider);
    const row = rows[column];
    rows[column] += 1;
    return {
      cluster,
      column,
      row,
      x: column * COLUMN_STEP,
      y: TOP + row * ROW_STEP,
    };
  });
  const step =
    providers.length > 1 ? (providers.length - 1) * COLUMN_STEP : 240;
  return {
    columns: providers.map((provider, i) => ({ provider, x: i * COLUMN_STEP })),
    boxes,
    width: step + BOX.width,
    height: TOP + Math.max(0, ...rows) * ROW_STEP - 16,
  };
}
