import { useState } from 'react';
import {
  AuditQuery,
  AuditVerification,
} from '@ground-control/backstage-plugin-ground-control-common';
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
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    setFound(undefined);
    try {
      setFound(await api.verifyAudit());
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className="gc-row">
        <AuditExport query={props.query} />
        <button
          type="button"
          className="gc-button"
          aria-disabled={busy}
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
