import { createPair } from '../book/createPair';
import { PairState } from '../book/types';
import { formatPairRow } from './pairRow';
import { formatResumeRow, parsePair } from './resumeRow';

const NOON = Date.UTC(2026, 2, 2, 12);

const pair: PairState = {
  ...createPair({ from: 'aws', to: 'gcp', sourceId: 's' }, NOON),
  loss: { level: 1, from: NOON - 60_000 },
  slowness: [0, 2],
};

it('goes on with what was said of loss and slowness', () => {
  const resume = formatResumeRow(pair);
  expect(parsePair(formatPairRow(pair, NOON), resume, NOON)).toMatchObject({
    loss: pair.loss,
    slowness: [0, 2],
  });
});

it('goes on with what a version left that said nothing of loss', () => {
  const resume = formatResumeRow(pair);
  const { loss, ...judged } = JSON.parse(resume.judged);
  const old = { ...resume, judged: JSON.stringify(judged) };
  expect(parsePair(formatPairRow(pair, NOON), old, NOON)).toMatchObject({
    loss: { level: 0, from: 0 },
    slowness: [0, 2],
  });
});
