import { useState } from 'react';
import {
  AuditQuery,
  AuditVerification,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useAction } from '../hooks/useAction';
import { ErrorPanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useRequestsText } from '../hooks/useRequestsText';
import { AuditCheck } from './AuditCheck';
import { AuditExport } from './AuditExport';

/** Export what is shown, and check that nothing was tampered with. */
export function AuditTools(props: { query: AuditQuery }) {
  const t = useRequestsText();
  const api = useGroundControlApi();
  const [found, setFound] = useState<AuditVerification>();
  const { busy, error, run } = useAction();
  const verify = () =>
    run('verify', async () => {
      setFound(undefined);
      setFound(await api.verifyAudit());
    });
  return (
    <>
      <div className="gc-row">
        <AuditExport query={props.query} />
        <button
          type="button"
          className="gc-button"
          aria-disabled={busy !== undefined}
          onClick={verify}
        >
          {busy ? t('audit.verifying') : t('audit.verify')}
        </button>
      </div>
      {found && <AuditCheck found={found} />}
      {error !== undefined && <ErrorPanel error={error} onRetry={verify} />}
    </>
  );
}
