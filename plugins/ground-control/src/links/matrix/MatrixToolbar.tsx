import {
  LinkCluster,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { SelectField } from '../../components/SelectField';
import { SquadField } from '../../components/SquadField';
import { useChoices } from '../../hooks/useChoices';
import { useLinksText } from '../../hooks/useLinksText';
import { LINK_SCALES, LinksState } from '../linksState';
import { PlaceFields } from '../PlaceFields';
import { WindowFields } from '../WindowFields';
import { decideAxis } from './decideMatrix';

/** What is shown, and how; every choice lands in the URL. */
export function MatrixToolbar(props: {
  /** What is picked of them. */
  matrix?: LinkMatrix;
  /** All there are. */
  clusters?: LinkCluster[];
  state: LinksState;
  onChange(part: Partial<LinksState>): void;
}) {
  const t = useLinksText();
  const { matrix, clusters, state, onChange } = props;
  const axis = decideAxis(state.axis, matrix?.clusters.length ?? 0);
  const samples = Math.max(0, ...(matrix?.cells ?? []).map(c => c.samples));
  return (
    <div className="gc-toolbar">
      <WindowFields state={state} samples={samples} onChange={onChange} />
      <SelectField
        label={t('pick.scale')}
        value={state.scale}
        options={LINK_SCALES.map(
          scale => [scale, t(`scale.${scale}`)] as const,
        )}
        onChange={scale => onChange({ scale })}
      />
      <SelectField
        label={t('pick.axis')}
        value={axis}
        options={[
          ['clusters', t('axis.clusters')],
          ['providers', t('axis.providers')],
        ]}
        onChange={chosen => onChange({ axis: chosen })}
      />
      <PlaceFields clusters={clusters} state={state} onChange={onChange} />
      <SquadField
        squad={state.squad}
        squads={useChoices()?.squads}
        none={{
          label: t('pick.nobody'),
          onPick: () => onChange({ squad: undefined }),
        }}
        onChange={squad => onChange({ squad })}
      />
      <label className="gc-checks-one">
        <input
          type="checkbox"
          checked={state.onlyBad}
          onChange={event => onChange({ onlyBad: event.target.checked })}
        />
        {t('pick.onlyBad')}
      </label>
    </div>
  );
}
