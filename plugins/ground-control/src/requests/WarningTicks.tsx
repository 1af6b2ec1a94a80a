import { RefObject } from 'react';
import {
  ApprovedWithout,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useRequestsText } from '../hooks/useRequestsText';
import { Decision } from './useDecision';

/** A tick for each warning, and for each thing that can't be looked at. */
export function WarningTicks(props: {
  decision: Decision;
  warnings: Verdict[];
  unseen?: ApprovedWithout[];
  fieldset?: RefObject<HTMLFieldSetElement>;
}) {
  const t = useRequestsText();
  const { decision, warnings, unseen = [] } = props;
  const changed = decision.difference !== undefined;
  const ticks = [
    ...warnings.map(({ policy, reason, title }) => ({
      warning: { policy, reason },
      label: t('decision.accept', { title }),
    })),
    // The server records them in its own words.
    ...unseen.map(policy => ({
      warning: { policy, reason: '' },
      label: t(`decision.${policy}`),
    })),
  ];
  if (!ticks.length) return null;
  return (
    <fieldset className="gc-warnings" ref={props.fieldset}>
      <legend>{t('decision.warnings')}</legend>
      {ticks.map(({ warning, label }) => (
        <label key={warning.policy} className="gc-accept">
          <input
            type="checkbox"
            checked={decision.accepted.some(
              ({ policy }) => policy === warning.policy,
            )}
            aria-disabled={changed || undefined}
            onChange={event => {
              if (!changed) decision.tick(warning, event.target.checked);
            }}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
