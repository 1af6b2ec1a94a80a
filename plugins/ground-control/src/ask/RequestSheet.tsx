import { useState } from 'react';
import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { SideSheet } from '../components/SideSheet';
import { LiveState } from '../components/LiveState';
import { usePagesText } from '../hooks/usePagesText';
import { AskedList } from './AskedList';
import { EnvironmentField } from './EnvironmentField';
import { FormProps } from './FormProps';
import { RequestForm } from './RequestForm';
import { useAsk } from './useAsk';
import { useChoices } from './useChoices';

function LoadedForm(props: Omit<Parameters<typeof RequestForm>[0], 'choices'>) {
  const { service, environment } = props;
  const live = useChoices(service, environment);
  return (
    <>
      <LiveState live={live} rows={8} />
      {live.data && <RequestForm {...props} choices={live.data} />}
    </>
  );
}

/** Asks for a release of a service, at the side of the page. */
export function RequestSheet(props: FormProps) {
  const t = usePagesText();
  const asking = useAsk();
  // Kept while one looks at another environment.
  const [reason, setReason] = useState('');
  const { service, environment, environments } = props;
  const name = formatServiceRef(service);
  const { asked } = asking;
  return (
    <SideSheet
      subject={`${asked ? 'asked' : 'ask'} ${name}`}
      heading={t('form.releaseHeading', { service: name })}
      onClose={props.onClose}
    >
      {asked ? (
        <AskedList asked={asked} onAnother={asking.reset} />
      ) : (
        <>
          <EnvironmentField
            value={environment}
            environments={environments}
            onChange={value => {
              asking.reset();
              props.onEnvironment(value);
            }}
          />
          {environment === undefined ? (
            <p>{t('form.noEnvironment', { service: name })}</p>
          ) : (
            <LoadedForm
              key={environment}
              service={service}
              environment={environment}
              asking={asking}
              reason={reason}
              onReason={setReason}
            />
          )}
        </>
      )}
    </SideSheet>
  );
}
