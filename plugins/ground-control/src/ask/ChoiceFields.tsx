import { useState } from 'react';
import { SelectField } from '../components/SelectField';
import { TextField } from '../components/TextField';
import { useAskText } from '../hooks/useAskText';
import { useLabelId } from '../hooks/useLabelId';
import { CandidateLine } from './CandidateLine';
import { Choice, Options, searchCandidates } from './decideOptions';
import { Option } from './Option';

/** Picks what to release: what is usually meant, a branch's newest, or any build. */
export function ChoiceFields(props: {
  options: Options;
  /** The environment before this one; absent for the first. */
  before?: string;
  choice?: Choice;
  onChoose(choice: Choice): void;
}) {
  const t = useAskText();
  const name = useLabelId();
  const [search, setSearch] = useState('');
  const { options, before, choice, onChoose } = props;
  const [branch = options.branches[0], setBranch] = useState<string>();
  const [unfolded, setUnfolded] = useState(!options.recommended);
  const found = searchCandidates(options.candidates, search);
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
              {before
                ? t('choose.promote', { environment: before })
                : t('choose.newestOfMain')}
            </span>{' '}
            <span className="gc-chip gc-chip-info">
              {t('choose.recommended')}
            </span>
          </span>{' '}
          <CandidateLine candidate={options.recommended} />
        </Option>
      )}
      {!options.recommended && before && (
        <p>{t('choose.nothingToPromote', { environment: before })}</p>
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
            <SelectField
              label={t('choose.branch')}
              value={choice.branch}
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
              {found.map(candidate => {
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
              {!found.length && <p role="status">{t('choose.noMatch')}</p>}
            </div>
          </div>
        </details>
      )}
    </fieldset>
  );
}
