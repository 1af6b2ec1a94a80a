import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { RefreshError } from '../components/RefreshError';
import { LiveState } from '../components/LiveState';
import { RepositoryState } from '../components/RepositoryState';
import { StatePanel } from '../components/StatePanel';
import { TextField } from '../components/TextField';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { usePageTitle } from '../hooks/usePageTitle';
import { usePagesText } from '../hooks/usePagesText';
import { PageHeading } from '../pages/PageHeading';
import { FoundArtifact } from './FoundArtifact';

/** `/releases/find`: which services and environments a commit is in. */
export function FindPage() {
  const t = usePagesText();
  usePageTitle(t('page.find'));
  const [params, setParams] = useSearchParams();
  const query = (params.get('q') ?? '').trim();
  const [text, setText] = useState(query);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(query), [query]);
  useEffect(() => {
    if (!query) input.current?.focus();
    // Only on arrival.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <>
      <PageHeading>{t('page.find')}</PageHeading>
      <form
        role="search"
        className="gc-find"
        onSubmit={event => {
          event.preventDefault();
          const q = text.trim();
          setParams(q ? { q } : {});
        }}
      >
        <TextField
          wide
          label={t('find.label')}
          hint={t('find.hint')}
          value={text}
          onChange={setText}
          inputRef={input}
        />
        <button type="submit" className="gc-button gc-button-primary">
          {t('find.search')}
        </button>
      </form>
      {query && <RepositoryState />}
      {query && <FindResult query={query} />}
    </>
  );
}

function FindResult(props: { query: string }) {
  const t = usePagesText();
  const api = useGroundControlApi();
  const { query } = props;
  const live = useLive(
    `find ${query}`,
    signal => api.findCommit(query, signal),
    ['releases', 'commits'],
  );
  if (!live.data) return <LiveState live={live} rows={4} />;
  const { readAs, matches, more } = live.data;
  if (readAs === 'unclear') {
    return (
      <StatePanel title={t('find.unclear', { query })}>
        <p>{t('find.hint')}</p>
      </StatePanel>
    );
  }
  if (!matches.length) {
    return (
      <StatePanel status="not-released" title={t('find.none', { query })}>
        <p>{t('find.noneHow')}</p>
      </StatePanel>
    );
  }
  return (
    <section className="gc-stack">
      <RefreshError live={live} />
      <p role="status">
        {t('find.results', { count: matches.length })}{' '}
        {more && <span>{t('find.more')}</span>}
      </p>
      {matches.map(match => (
        <FoundArtifact
          key={`${match.service.namespace}/${match.service.name} ${match.artifact.id}`}
          match={match}
        />
      ))}
    </section>
  );
}
