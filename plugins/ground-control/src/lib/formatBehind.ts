import type { Text } from '../hooks/useText';
import { countBehind } from './countBehind';

/** Says how far an environment is behind another, in commits or builds. */
export function formatBehind(
  t: Text,
  place: { behind?: number; behindCommits?: number },
  environment: string,
): string {
  const { count, unit } = countBehind(place);
  return unit === 'commits'
    ? t('board.behindCommitsOf', { count, environment })
    : t('board.behindOf', { count, environment });
}
