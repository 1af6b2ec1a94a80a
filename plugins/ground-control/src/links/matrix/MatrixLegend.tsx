import {
  LINK_STATES,
  LinkCell,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { LinksState } from '../linksState';
import { LinkStateGlyph } from '../LinkStateGlyph';
import { RAMPS } from './decideStep';

/** What each look means, and how many links have it. */
export function MatrixLegend(props: {
  cells: LinkCell[];
  scale: LinksState['scale'];
}) {
  const t = useLinksText();
  const format = useFormat();
  const { cells, scale } = props;
  const write = scale === 'ms' ? format.milliseconds : format.share;
  return (
    <div className="gc-stack-tight gc-small">
      <ul className="gc-row" aria-label={t('matrix.legend')}>
        {LINK_STATES.map(state => {
          const count = cells.filter(cell => cell.state === state).length;
          // Who may see every link needs no word for those that one may not.
          if (state === 'hidden' && !count) return null;
          return (
            <li key={state} className="gc-chip gc-link" data-state={state}>
              <LinkStateGlyph state={state} /> {t(`state.${state}`)}
              {count > 0 && ` ${format.number(count)}`}
            </li>
          );
        })}
      </ul>
      {scale !== 'baseline' && (
        <p className="gc-quiet">
          {t('matrix.ramp', {
            steps: format.list(RAMPS[scale].map(write)),
          })}
        </p>
      )}
    </div>
  );
}
