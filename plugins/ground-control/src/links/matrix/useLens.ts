import { useMemo } from 'react';
import { isUsedCall } from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../../hooks/useGroundControlApi';
import { useLive } from '../../hooks/useLive';
import { formatList } from '../../lib/listState';
import { LinksState } from '../linksState';
import { CallCount, keyOfPair } from './decideMatrix';

/** Whose calls are looked for, and how many of them cross each link; undefined parts while nobody's are, or they aren't known yet. */
export function useLens(squad: LinksState['squad']) {
  const api = useGroundControlApi();
  const key = Array.isArray(squad) ? formatList(squad) : squad ?? '';
  const { data, error } = useLive(
    `link calls ${key}`,
    async signal =>
      squad === undefined ? undefined : api.getLinkCalls({ squad }, signal),
    ['links'],
  );
  const callsOf = useMemo(() => {
    if (!data) return undefined;
    const counts = new Map<string, CallCount>();
    for (const call of data.calls) {
      const pair = keyOfPair(call.from, call.to);
      const count = counts.get(pair) ?? { used: 0, declared: 0 };
      count[isUsedCall(call) ? 'used' : 'declared'] += 1;
      counts.set(pair, count);
    }
    return counts;
  }, [data]);
  return { calls: data, callsOf, error };
}
