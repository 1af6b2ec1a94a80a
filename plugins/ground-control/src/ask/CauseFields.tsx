import { SelectField } from '../components/SelectField';
import { usePagesText } from '../hooks/usePagesText';
import { ReasonField } from './ReasonField';

export const CAUSES = ['Incident', 'Errors', 'Slow', 'Mistake'] as const;

/** Why one goes back: a usual cause, and what there is to say of it. */
export interface Cause {
  cause?: (typeof CAUSES)[number];
  details: string;
}

/** Why one goes back, in one choice and as many words as wanted. */
export function CauseFields(props: {
  value: Cause;
  onChange(value: Cause): void;
}) {
  const t = usePagesText();
  const { value, onChange } = props;
  return (
    <>
      <SelectField
        label={t('rollback.cause')}
        value={value.cause ?? ''}
        options={[
          ['', t('rollback.causeNone')],
          ...CAUSES.map(cause => [cause, t(`rollback.cause${cause}`)] as const),
        ]}
        onChange={cause => onChange({ ...value, cause: cause || undefined })}
      />
      <ReasonField
        label={t('rollback.details')}
        value={value.details}
        onChange={details => onChange({ ...value, details })}
      />
    </>
  );
}
