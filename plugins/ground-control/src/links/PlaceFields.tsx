import { LinkCluster } from '@ground-control/backstage-plugin-ground-control-common';
import { describeProvider } from '../clusters/describeProvider';
import { SelectField } from '../components/SelectField';
import { StatePanel } from '../components/StatePanel';
import { useLinksText } from '../hooks/useLinksText';
import { usePagesText } from '../hooks/usePagesText';
import { formatList, parseList } from '../lib/listState';
import { listPlaces, PLACE_FILTERS, PlaceFilter } from './filterPlaces';

type OnChange = (part: Partial<PlaceFilter>) => void;

/** Pick whose clusters are shown, and what for; several that the URL names are one choice. */
export function PlaceFields(props: {
  /** All there are. */
  clusters?: LinkCluster[];
  state: PlaceFilter;
  onChange: OnChange;
}) {
  const t = useLinksText();
  const pt = usePagesText();
  const { clusters = [], state, onChange } = props;
  return (
    <>
      {PLACE_FILTERS.map(key => {
        const isProvider = key === 'provider';
        const value = formatList(state[key]);
        const choices = new Map(
          [state[key], ...listPlaces(clusters, key).map(name => [name])]
            .filter(names => names.length)
            .map(names => [
              formatList(names),
              (isProvider ? names.map(describeProvider) : names).join(', '),
            ]),
        );
        return (
          <SelectField
            key={key}
            label={t(`pick.${key}`)}
            value={value}
            options={[['', pt('scope.all')], ...choices]}
            onChange={picked => onChange({ [key]: parseList(picked) })}
          />
        );
      })}
    </>
  );
}

/** In place of clusters where none is picked. */
export function NoPlaces(props: { onChange: OnChange }) {
  const t = useLinksText();
  return (
    <StatePanel
      title={t('matrix.filtered')}
      action={{
        label: t('matrix.showAll'),
        onClick: () => props.onChange({ provider: [], role: [] }),
      }}
    />
  );
}
