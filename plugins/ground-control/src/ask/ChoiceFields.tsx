import { useState } from 'react';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { MoreButton } from '../components/MoreButton';
import { TextField } from '../components/TextField';
import { usePagesText } from '../hooks/usePagesText';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLabelId } from '../hooks/useLabelId';
import { usePages } from '../hooks/usePages';
import { CandidateLine } from './CandidateLine';
import { Choice, Options, searchCandidates } from './decideOptions';
import { Option } from './Option';

/** Picks what to release: what is usually meant, a branch's newest, or any build. */
export function ChoiceFields(props: {
  service: ServiceRef;
  options: Options;
  choice?: Choice;
  onChoose(choice: Choice): void;
}) {
  const t = usePagesText();
  const name = useLabelId();
  const [search, setSearch] = useState('');
  const api = useGroundControlApi();
  const { service, options, choice, onChoose } = props;
  const { promotesFrom: from } = options;
  const [typed, setBranch] = useState<string>();
  const branch =
    typed ?? (choice?.kind === 'branch' ? choice.branch : options.branches[0]);
  const [unfolded, setUnfolded] = useState(!options.recommended);
  const text = search.trim();
  // The first page is searched here, as one types; older ones when asked for.
  const pages = usePages(
    `${formatServiceRef(service)} ${text}`,
    {
      items: searchCandidates(options.candidates, search),
      next: options.next,
    },
    candidate => candidate.artifact.id,
    (older, signal) =>
      api.getReleaseCandidates(service, { text, before: older }, signal),
  );
  return (
    <fieldset className="gc-options">
      <legend>{t('choose.legend')}</legend>
      {options.recommended && (
        <Option
          name={name}
          picked={choice?.kind === 'promote'}
          onPick={() => onChoose({ kind: 'promote' })}
        >
          <span className="gc-row gc-spread">
            <span className="gc-strong">
              {from
                ? t('choose.promote', { environment: from })
                : t('choose.newestOfMain')}
            </span>{' '}
            <span className="gc-chip gc-chip-info">
              {t('choose.recommended')}
            </span>
          </span>{' '}
          <CandidateLine candidate={options.recommended} />
        </Option>
      )}
      {!options.recommended && from && (
        <p>{t('choose.nothingToPromote', { environment: from })}</p>
      )}
      {branch !== undefined && (
        <>
          <Option
            name={name}
            picked={choice?.kind === 'branch'}
            onPick={() => onChoose({ kind: 'branch', branch })}
          >
            <span className="gc-strong">{t('choose.newestOf')}</span>
          </Option>
          {choice?.kind === 'branch' && (
            <TextField
              label={t('choose.branch')}
              value={branch}
              options={options.branches}
              onChange={value => {
                setBranch(value);
                onChoose({ kind: 'branch', branch: value });
              }}
            />
          )}
        </>
      )}
      {options.candidates.length > 0 && (
        <details
          open={unfolded}
          onToggle={event => setUnfolded(event.currentTarget.open)}
        >
          <summary>
            {t('choose.others', { count: options.candidates.length })}
          </summary>
          <div className="gc-stack-tight">
            <TextField
              label={t('choose.search')}
              placeholder={t('choose.searchPlaceholder')}
              value={search}
              onChange={setSearch}
            />
            <div className="gc-option-list">
              {pages.items.map(candidate => {
                const { id } = candidate.artifact;
                return (
                  <Option
                    key={id}
                    name={name}
                    picked={
                      choice?.kind === 'artifact' && choice.artifactId === id
                    }
                    off={!candidate.stored}
                    onPick={() =>
                      onChoose({ kind: 'artifact', artifactId: id })
                    }
                  >
                    <CandidateLine candidate={candidate} />
                  </Option>
                );
              })}
              {!pages.items.length && (
                <p role="status">
                  {t(pages.hasMore ? 'older.noMatch' : 'choose.noMatch')}
                </p>
              )}
              {options.next && (
                <MoreButton
                  pages={pages}
                  label={t(text ? 'older.search' : 'older.show')}
                  busyLabel={t('older.loading')}
                  endLabel={t('older.end')}
                />
              )}
            </div>
          </div>
        </details>
      )}
    </fieldset>
  );
}
