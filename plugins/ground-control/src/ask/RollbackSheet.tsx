import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { SideSheet } from '../components/SideSheet';
import { LiveState } from '../components/LiveState';
import { usePagesText } from '../hooks/usePagesText';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { AskedList } from './AskedList';
import { failingClusters } from './decideRollback';
import { EnvironmentField } from './EnvironmentField';
import { FormProps } from './FormProps';
import { RollbackForm } from './RollbackForm';
import { Asking, useAsk } from './useAsk';
import { useChoices } from './useChoices';

function LoadedForm(props: {
  service: ServiceRef;
  environment: string;
  asking: Asking;
}) {
  const api = useGroundControlApi();
  const { service, environment } = props;
  const name = formatServiceRef(service);
  const live = useChoices(service, environment);
  // Asked apart: what clusters report doesn't hold the rollback up.
  const detail = useLive(
    `service ${name}`,
    signal => api.getService(service, signal),
    ['releases', 'clusters'],
  );
  return (
    <>
      <LiveState live={live} rows={8} />
      {live.data && (
        <RollbackForm
          {...props}
          choices={live.data}
          failing={failingClusters(detail.data, environment)}
        />
      )}
    </>
  );
}

/** Takes a service back to an earlier release, at the side of the page. */
export function RollbackSheet(props: FormProps) {
  const t = usePagesText();
  const asking = useAsk();
  const { service, environment } = props;
  const name = formatServiceRef(service);
  return (
    <SideSheet
      subject={`${asking.asked ? 'asked' : 'rollback'} ${name}@${environment}`}
      heading={t('form.rollbackHeading', {
        service: name,
        environment: environment ?? '',
      })}
      onClose={props.onClose}
    >
      {asking.asked && <AskedList asked={asking.asked} />}
      {!asking.asked && environment === undefined && (
        <>
          <p>{t('form.noEnvironment', { service: name })}</p>
          <EnvironmentField
            environments={props.environments}
            onChange={props.onEnvironment}
          />
        </>
      )}
      {!asking.asked && environment !== undefined && (
        <LoadedForm
          key={environment}
          service={service}
          environment={environment}
          asking={asking}
        />
      )}
    </SideSheet>
  );
}
