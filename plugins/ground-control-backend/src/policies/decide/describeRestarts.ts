import { SoakFacts } from './types';

/** What is known of the pods' restarts, for a title and within a sentence. */
export function describeRestarts({ clusters }: SoakFacts): {
  title: string;
  reason: string;
} {
  const known = clusters.filter(({ restarts }) => restarts !== undefined);
  if (known.length === 0) return { title: '', reason: '' };
  const some = known.filter(({ restarts }) => restarts);
  const sum = some.reduce((all, { restarts = 0 }) => all + restarts, 0);
  const where = known.length < clusters.length ? ', as far as is known' : '';
  if (sum === 0) {
    return { title: '', reason: `; none of its pods restarted${where}` };
  }
  const times = sum === 1 ? '1 restart' : `${sum} restarts`;
  const names = some.map(({ cluster }) => cluster).join(', ');
  return {
    title: `, ${times}`,
    reason: `; ${times} of its pods in ${names}${where}`,
  };
}
