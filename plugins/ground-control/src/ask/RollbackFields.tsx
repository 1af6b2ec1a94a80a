import { useEffect, useRef, useState } from 'react';
import {
  formatServiceRef,
  Release,
  ReleaseChoices,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { MoreButton } from '../components/MoreButton';
import { StatePanel } from '../components/StatePanel';
import { usePagesText } from '../hooks/usePagesText';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLabelId } from '../hooks/useLabelId';
import { usePages } from '../hooks/usePages';
import { findRollback } from './decideRollback';
import { Option } from './Option';
import { RollbackLine } from './RollbackLine';

/** Shown at first: mostly it is the last one. */
const FIRST = 3;

/** Picks the release to go back to. */
export function RollbackFields(props: {
  service: ServiceRef;
  environment: string;
  choices: ReleaseChoices;
  /** The revision of the one that is picked. */
  picked?: string;
  onPick(release: Release): void;
}) {
  const t = usePagesText();
  const name = useLabelId();
  const api = useGroundControlApi();
  const { service, environment, choices, picked, onPick } = props;
  const [isOpen, setOpen] = useState(false);
  const options = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // The button that had the focus is gone.
    if (isOpen) options.current?.querySelectorAll('input')[FIRST]?.focus();
  }, [isOpen]);
  const pages = usePages(
    formatServiceRef(service),
    { items: choices.rollbacks, next: choices.nextRollbacks },
    ({ release }) => release.revision,
    (before, signal) =>
      api.getRollbackCandidates(service, { environment, before }, signal),
  );
  if (!choices.rollbacks.length) {
    return (
      <StatePanel
        status="not-released"
        title={t('rollback.none', { service: service.name, environment })}
      />
    );
  }
  // What it would undo, and who decides, come after it.
  const all = isOpen || pages.items.length > choices.rollbacks.length;
  const shown = pages.items.filter(
    ({ release }, i) => all || i < FIRST || release.revision === picked,
  );
  return (
    <fieldset className="gc-options" ref={options}>
      <legend>{t('rollback.legend')}</legend>
      {!findRollback(choices) &&
        pages.items.length === choices.rollbacks.length && (
          <p>{t('rollback.noneHealthy')}</p>
        )}
      {shown.map(candidate => (
        <Option
          key={candidate.release.revision}
          name={name}
          picked={candidate.release.revision === picked}
          onPick={() => onPick(candidate.release)}
        >
          <RollbackLine candidate={candidate} />
        </Option>
      ))}
      {shown.length < pages.items.length && (
        <button
          type="button"
          className="gc-button gc-button-bare"
          onClick={() => setOpen(true)}
        >
          {t('older.show')}
        </button>
      )}
      {shown.length === pages.items.length && choices.nextRollbacks && (
        <MoreButton
          pages={pages}
          label={t('older.show')}
          busyLabel={t('older.loading')}
          endLabel={t('older.end')}
        />
      )}
    </fieldset>
  );
}
