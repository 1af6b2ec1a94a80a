import { useMemo } from 'react';
import { Board } from '@ground-control/backstage-plugin-ground-control-common';
import { SelectField } from '../components/SelectField';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';
import { formatList } from '../lib/listState';

const SEVERAL = ',';

/** Picks whose services are shown, with how many each squad has. */
export function SquadSelect(props: {
  board: Board;
  squad: 'mine' | 'all' | string[];
  onChange(squad: 'mine' | 'all' | string[]): void;
}) {
  const t = usePagesText();
  const format = useFormat();
  const { board, squad } = props;
  const counts = useMemo(() => {
    const bySquad = new Map<string, number>();
    for (const row of board.rows) {
      if (row.squad) bySquad.set(row.squad, (bySquad.get(row.squad) ?? 0) + 1);
    }
    return bySquad;
  }, [board]);
  const countOf = (refs: string[]) =>
    refs.reduce((sum, ref) => sum + (counts.get(ref) ?? 0), 0);
  const squads = useMemo(
    () => [...board.squads].sort((a, b) => a.title.localeCompare(b.title)),
    [board],
  );
  const single = Array.isArray(squad) && squad.length === 1 ? squad[0] : '';
  const several = Array.isArray(squad) && !single;
  const unknown =
    single !== '' && !board.squads.some(({ ref }) => ref === single);
  const valueOf = () => {
    if (several) return SEVERAL;
    return Array.isArray(squad) ? single : squad;
  };
  return (
    <SelectField
      label={t('scope.squad')}
      value={valueOf()}
      options={[
        [
          'mine',
          t('toolbar.mine', { number: format.number(countOf(board.mine)) }),
        ],
        ['all', t('toolbar.all', { number: format.number(board.rows.length) })],
        several && [
          SEVERAL,
          t('toolbar.severalSquads', {
            number: format.number(countOf(squad as string[])),
          }),
          { title: formatList(squad as string[]) },
        ],
        unknown && single,
        ...squads.map(
          ({ ref, title, inCatalog }) =>
            [
              ref,
              t(inCatalog ? 'toolbar.squadOption' : 'toolbar.notInCatalog', {
                title,
                number: format.number(counts.get(ref) ?? 0),
              }),
            ] as const,
        ),
      ]}
      onChange={value => {
        if (value === SEVERAL) return;
        props.onChange(value === 'mine' || value === 'all' ? value : [value]);
      }}
    />
  );
}
