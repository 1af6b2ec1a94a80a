import { useState } from 'react';
import { fetchApiRef, useApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { AuditQuery } from '@ground-control/backstage-plugin-ground-control-common';
import { useAction } from '../hooks/useAction';
import { StatusGlyph } from '../components/StatusGlyph';
import { useRequestsText } from '../hooks/useRequestsText';
import { describeError } from '../lib/describeError';
import { formatExportPath } from './formatExportPath';
import { saveFile } from './saveFile';

/** Saves the filtered entries as a file; fetched, because a plain link carries no credentials. */
export function AuditExport(props: { query: AuditQuery }) {
  const t = useRequestsText();
  const { fetch } = useApi(fetchApiRef);
  const [saved, setSaved] = useState<string>();
  const { busy, error, run } = useAction();
  const save = (format: 'csv' | 'json') =>
    run(format, async () => {
      setSaved(undefined);
      const path = formatExportPath(format, props.query);
      const response = await fetch(`plugin://ground-control${path}`);
      if (!response.ok) throw await ResponseError.fromResponse(response);
      const name = `audit-${new Date().toISOString().slice(0, 10)}.${format}`;
      saveFile(name, await response.blob());
      setSaved(name);
    });
  return (
    <>
      {(['csv', 'json'] as const).map(format => (
        <button
          key={format}
          type="button"
          className="gc-button"
          aria-disabled={busy !== undefined}
          onClick={() => save(format)}
        >
          {busy === format && t('audit.exporting')}
          {busy !== format &&
            (format === 'csv' ? t('audit.exportCsv') : t('audit.exportJson'))}
        </button>
      ))}
      {saved && (
        <span role="status">{t('audit.exported', { name: saved })}</span>
      )}
      {error !== undefined && (
        <span role="alert" className="gc-wrap">
          <StatusGlyph status="failed" /> {t('audit.exportFailed')}{' '}
          {describeError(error).message}
        </span>
      )}
    </>
  );
}
