import { LinkCell } from '@ground-control/backstage-plugin-ground-control-common';
import { LinksState } from '../linksState';
import { decideStep } from './decideStep';

describe('decideStep', () => {
  it.each<
    [
      LinksState['scale'],
      LinkCell['state'],
      number | null,
      number | null,
      number | undefined,
    ]
  >([
    ['baseline', 'high', 124, 0.1, undefined],
    ['ms', 'normal', 4.9, 0, 0],
    ['ms', 'normal', 5, 0, 1],
    ['ms', 'elevated', 99, 0, 3],
    ['ms', 'high', 900, 0, 5],
    ['ms', 'normal', null, 0, undefined],
    ['loss', 'normal', 900, 0, 0],
    ['loss', 'normal', 900, 0.004, 1],
    ['loss', 'high', null, 0.02, 4],
    ['loss', 'never-sampled', null, null, undefined],
    // These look as they are.
    ['ms', 'down', 20, 1, undefined],
    ['loss', 'stale', 20, 0.1, undefined],
    ['ms', 'hidden', null, null, undefined],
    ['ms', 'not-linked', null, null, undefined],
  ])('%s of %s, %s ms, %s lost: %s', (scale, state, valueMs, loss, step) => {
    expect(decideStep(scale, { state, valueMs, loss })).toBe(step);
  });
});
