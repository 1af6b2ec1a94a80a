import { useFormat } from '../hooks/useFormat';
import { useNow } from '../hooks/useNow';
import { useText } from '../hooks/useText';

/** A moment as its age; the exact time in UTC and locally is its title. */
export function RelativeTime(props: {
  /** ISO 8601, or milliseconds since 1970. */
  at?: string | number | null;
  /** 12m instead of 12 minutes ago. */
  short?: boolean;
  /** What stands where there is no moment. */
  or?: string;
  className?: string;
}) {
  const t = useText();
  const format = useFormat();
  const now = useNow();
  const date = new Date(props.at ?? NaN);
  if (Number.isNaN(date.getTime())) return <>{props.or}</>;
  const seconds = (now - date.getTime()) / 1000;
  const text = props.short
    ? format.age(seconds) ?? t('age.now')
    : format.ago(seconds) ?? t('age.justNow');
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
