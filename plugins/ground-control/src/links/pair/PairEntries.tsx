import { useNavigate } from 'react-router-dom';
import { useGroundControlApi } from '../../hooks/useGroundControlApi';
import { useLinksPath } from '../../hooks/useLinksPath';
import { useLinksText } from '../../hooks/useLinksText';
import { useLive } from '../../hooks/useLive';
import { formatAccessForm } from '../access/accessForm';
import { EntryTable } from '../gateway/EntryTable';
import { RepositoryFact } from '../gateway/RepositoryFact';
import { PairPart } from './PairPart';

/** The gateway's entries that are called over a link, or are to be: declared, there, answering. */
export function PairEntries(props: { from: string; to: string }) {
  const t = useLinksText();
  const api = useGroundControlApi();
  const navigate = useNavigate();
  const paths = useLinksPath();
  const { from, to } = props;
  const live = useLive(
    `entries over ${from} ${to}`,
    signal => api.getGatewayEntries({ squad: 'all', from, to }, signal),
    ['links', 'commits', 'repository'],
  );
  const all = new URLSearchParams({ squad: 'all' });
  return (
    <PairPart
      heading={t('pair.entries')}
      failed={t('pair.entriesFailed')}
      live={live}
    >
      {data => (
        <>
          <RepositoryFact answer={data} />
          {data.entries.length ? (
            <EntryTable
              entries={data.entries}
              platformEngineers={data.platformEngineers}
              label={t('pair.entries')}
              onForm={form =>
                navigate(`${paths.gateway}?${formatAccessForm(form, all)}`)
              }
            />
          ) : (
            // What was never read isn't empty.
            !(data.repository && data.revision === null) && (
              <p className="gc-quiet">{t('pair.noEntries')}</p>
            )
          )}
        </>
      )}
    </PairPart>
  );
}
