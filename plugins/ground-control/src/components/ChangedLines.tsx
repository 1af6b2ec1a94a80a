import { usePagesText } from '../hooks/usePagesText';

/** How many lines files lose and gain, together. */
export function ChangedLines(props: {
  files: ReadonlyArray<{ added: number; removed: number }>;
}) {
  const t = usePagesText();
  const sum = (side: 'added' | 'removed') =>
    String(props.files.reduce((all, file) => all + file[side], 0));
  return (
    <span className="gc-mono">
      {t('diff.lines', { added: sum('added'), removed: sum('removed') })}
    </span>
  );
}
