import { BoardCell } from '@ground-control/backstage-plugin-ground-control-common';
import { findBefore } from './findBefore';

const released: BoardCell = { state: 'recorded', releasedAt: 1 };
const none: BoardCell = { state: 'not-released' };

it.each<[string, BoardCell[], string | undefined]>([
  ['the one before', [released, released, released], 'staging'],
  ['the last one that the service is in', [released, none, released], 'dev'],
  ['nothing without one', [none, none, released], undefined],
])('a cell is compared with %s', (_, cells, before) => {
  expect(findBefore(['dev', 'staging', 'prod'], cells, 2)).toBe(before);
});
