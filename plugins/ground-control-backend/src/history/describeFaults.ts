import { SourceHistoryFault } from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../lib/cleanText';
import { HistoryFault } from './store/historyProblems';

const MAX_MESSAGE = 1_000;
const CONSEQUENCE =
  'Until then, how far its environments are behind is told in builds or not at all, and commits that were never built can’t be found.';

/** Kinds that are hardly ever about one repository alone. */
export function isOfSource(kind: SourceHistoryFault): boolean {
  return ['unreachable', 'timeout', 'forbidden', 'storage'].includes(kind);
}

/** Says that a service's repository gave no answer. */
export function describeServiceFault(
  kind: SourceHistoryFault,
  fault: string,
): HistoryFault {
  return {
    kind,
    message: `${cleanText(
      `The history of the service’s own repository can’t be read. ${fault}`,
      MAX_MESSAGE,
    )} ${CONSEQUENCE}`,
  };
}

/** Says that no repository gives an answer. */
export function describeSourceFault(
  kind: SourceHistoryFault,
  fault: string,
  label: string,
): HistoryFault {
  return {
    kind,
    message: `${cleanText(
      `Services’ own repositories (${label}) can’t be read: several in a row failed, one of them with: ${fault}`,
      MAX_MESSAGE,
    )} It is tried again by itself. Until then, how far environments are behind is told in builds where commits aren’t known.`,
  };
}

/** Says that builds name commits that their repository doesn't have. */
export function describeUnknown(unknown: string[]): HistoryFault {
  const named = unknown
    .slice(0, 3)
    .map(id => id.slice(0, 10))
    .join(', ');
  const more = unknown.length > 3 ? ` and ${unknown.length - 3} more` : '';
  return {
    kind: 'commit-unknown',
    message: `The service’s own repository doesn’t have the commit ${named}${more}, which its builds name. Was a branch rewritten or deleted, or is it another repository? What hangs on these commits isn’t known; the next build that names a commit of the repository mends it.`,
  };
}
