import { useFormat } from '../hooks/useFormat';
import { useNow } from '../hooks/useNow';
import { useText } from '../hooks/useText';

/** A moment as its age; the exact time in UTC and locally is its title. */
export function RelativeTime(props: {
  /** ISO 8601, or milliseconds since 1970. */
  at: string | number;
  /** `short`: 12m; `long`: 12 minutes ago. */
  form?: 'short' | 'long';
  className?: string;
}) {
  const t = useText();
  const format = useFormat();
  const now = useNow();
  const date = new Date(props.at);
  if (Number.isNaN(date.getTime())) return null;
  const seconds = (now - date.getTime()) / 1000;
  const text =
    props.form === 'long'
      ? format.ago(seconds) ?? t('age.justNow')
      : format.age(seconds) ?? t('age.now');
  return (
    <time
      className={props.className}
      dateTime={date.toISOString()}
      title={format.moment(date)}
    >
      {text}
    </time>
  );
}
