import { useState } from 'react';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { SelectField } from '../components/SelectField';
import { usePagesText } from '../hooks/usePagesText';
import { BatchSheet } from './BatchSheet';
import { BatchIntent } from './useBatchPreviews';
import { Selection } from './useSelection';

/** What the backend takes at once. */
const MOST = 20;

/** What can be done with the rows that are ticked. */
export function SelectionBar(props: {
  selection: Selection;
  services: ServiceRef[];
  environments: string[];
  mainBranch: string;
  /** The sheet takes the place at the side. */
  onOpen(): void;
}) {
  const t = usePagesText();
  const { selection, services, environments } = props;
  const [chosen, setChosen] = useState<string>();
  const [intent, setIntent] = useState<BatchIntent>();
  const environment = chosen ?? environments[environments.length - 1];
  const count = services.length;
  const off = count === 0 || count > MOST;
  const offer = (one: BatchIntent, label: string) => (
    <button
      type="button"
      className="gc-button"
      aria-disabled={off}
      aria-describedby="gc-selection-hint"
      onClick={() => {
        if (off) return;
        props.onOpen();
        setIntent(one);
      }}
    >
      {label}
    </button>
  );
  return (
    <>
      <div className="gc-banner">
        <SelectField
          label={t('ask.selectedIn')}
          value={environment}
          options={environments}
          onChange={setChosen}
        />
        {offer('promote', t('ask.promote', { count, environment }))}
        {offer('release-branch', t('ask.newestOf'))}
        {offer('rollback', t('ask.rollback'))}
        <button
          type="button"
          className="gc-button gc-button-bare"
          onClick={selection.toggle}
        >
          {t('ask.stopSelecting')}
        </button>
        <span id="gc-selection-hint" className="gc-small" role="status">
          {count === 0 && t('ask.selectSome')}
          {count > MOST && t('ask.tooMany', { number: String(MOST) })}
        </span>
      </div>
      {intent && (
        <BatchSheet
          key={intent}
          intent={intent}
          mainBranch={props.mainBranch}
          services={services}
          environment={environment}
          onRemove={selection.tick}
          onClose={asked => {
            setIntent(undefined);
            if (asked) selection.toggle();
          }}
        />
      )}
    </>
  );
}
