import { browserFigures } from './figures/browser.ts';
import { clusterFigures } from './figures/clusters/index.ts';
import { clusterLoad } from './figures/clusterLoad.ts';
import { codeSize } from './figures/codeSize.ts';
import {
  ingestDefault,
  ingestLarge,
  ingestLargePostgres,
} from './figures/ingest.ts';
import { decidingFigures } from './figures/deciding.ts';
import { faultFigures } from './figures/faults.ts';
import { linkDrawing } from './figures/links/drawing.ts';
import { linkFigures } from './figures/links/index.ts';
import { probeFigures } from './figures/probe/index.ts';
import { writingFigures } from './figures/writing/index.ts';
import type { Measurement } from './types.ts';

/** All measurements; a new one is a file in `figures/` and a line here. */
export const measurements: Measurement[] = [
  codeSize,
  ingestDefault,
  ingestLarge,
  ingestLargePostgres,
  clusterFigures,
  clusterLoad,
  writingFigures,
  decidingFigures,
  faultFigures,
  probeFigures,
  linkFigures,
  browserFigures,
  linkDrawing,
];
