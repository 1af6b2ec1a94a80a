import type { Measurement } from '../../types.ts';
import { measureAccuracy } from './accuracy.ts';
import { measureDead } from './dead.ts';
import { measureLoad } from './load.ts';

/** The agent that measures links: what it costs, and whether it is right. */
export const probeFigures: Measurement = {
  id: 'probe',
  title: 'The probe of links',
  async measure(context) {
    return [
      ...(await measureLoad(context, false)),
      ...(await measureLoad(context, true)),
      ...(await measureAccuracy(context)),
      ...(await measureDead(context)),
    ];
  },
};
