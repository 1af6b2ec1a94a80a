import { ProseField } from '../components/ProseField';
import { usePagesText } from '../hooks/usePagesText';

/** Why something is asked for. */
export function ReasonField(props: {
  label?: string;
  value: string;
  onChange(value: string): void;
}) {
  const t = usePagesText();
  return (
    <ProseField
      {...props}
      label={props.label ?? t('form.reason')}
      hint={t('form.reasonHint')}
    />
  );
}
