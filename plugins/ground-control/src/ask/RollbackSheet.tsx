import { useApi } from '@backstage/core-plugin-api';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { RefreshError } from '../components/RefreshError';
import { SideSheet } from '../components/SideSheet';
import { ErrorPanel, LoadingPanel } from '../components/StatePanel';
import { useAskText } from '../hooks/useAskText';
import { useLive } from '../hooks/useLive';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { AskedList } from './AskedList';
import { askStyles } from './askStyles';
import { failingClusters } from './decideRollback';
import { EnvironmentField } from './EnvironmentField';
import { FormProps } from './FormProps';
import { RollbackForm } from './RollbackForm';
import { Asking, useAsk } from './useAsk';

function LoadedForm(props: {
  service: ServiceRef;
  environment: string;
  asking: Asking;
}) {
  const api = useApi(groundControlApiRef);
  const { service, environment } = props;
  const name = formatServiceRef(service);
  const live = useLive(
    `choices ${name}@${environment}`,
    signal => api.getReleaseChoices(service, environment, signal),
    ['releases', 'requests'],
  );
  // Asked apart: what clusters report doesn't hold the rollback up.
  const detail = useLive(
    `service ${name}`,
    signal => api.getService(service, signal),
    ['releases', 'clusters'],
  );
  return (
    <>
      <RefreshError live={live} />
      {live.loading && <LoadingPanel rows={8} />}
      {live.error !== undefined && !live.data && (
        <ErrorPanel error={live.error} onRetry={live.refresh} />
      )}
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
  useStyleSheet('ask', askStyles);
  const t = useAskText();
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
