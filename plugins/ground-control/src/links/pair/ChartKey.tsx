import { useLinksText } from '../../hooks/useLinksText';

/** What each look in the chart means. */
export function ChartKey() {
  const t = useLinksText();
  return (
    <ul className="gc-row gc-small gc-quiet">
      {(['p95', 'p50'] as const).map(of => (
        <li key={of}>
          <svg className="gc-chart-key" viewBox="0 0 24 12" aria-hidden="true">
            <path className="gc-chart-line" data-of={of} d="M0 6h24" />
          </svg>{' '}
          {of}
        </li>
      ))}
      {(['usual', 'down', 'gap', 'loss'] as const).map(of => (
        <li key={of}>
          <svg className="gc-chart-key" viewBox="0 0 24 12" aria-hidden="true">
            <path
              className={`gc-chart-${of}`}
              d={of === 'loss' ? 'M8 2h8v10h-8z' : 'M0 0h24v12h-24z'}
            />
          </svg>{' '}
          {t(`chart.${of}`)}
        </li>
      ))}
    </ul>
  );
}
