import { ProseField } from '../components/ProseField';
import { useAskText } from '../hooks/useAskText';

/** Why something is asked for. */
export function ReasonField(props: {
  label?: string;
  value: string;
  onChange(value: string): void;
}) {
  const t = useAskText();
  return (
    <ProseField
      {...props}
      label={props.label ?? t('form.reason')}
      hint={t('form.reasonHint')}
    />
  );
}
