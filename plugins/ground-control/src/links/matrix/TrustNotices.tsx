import { LinkTrustNotice } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../../components/StatusGlyph';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { LinkName } from '../LinkName';

/** Links whose ends don't trust each other, or soon won't. */
export function TrustNotices(props: { trust: LinkTrustNotice[] }) {
  const t = useLinksText();
  const format = useFormat();
  if (!props.trust.length) return null;
  return (
    <ul
      className="gc-banner gc-banner-warn gc-targets"
      aria-label={t('trust.label')}
    >
      {props.trust.map(({ from, to, trust, endsAt }) => (
        <li key={`${from} ${to}`} className="gc-wrap">
          <StatusGlyph status={trust === 'expiring' ? 'warning' : 'failed'} />{' '}
          <LinkName from={from} to={to} />{' '}
          {t(`trust.${trust}`, {
            at: endsAt ? format.minute(new Date(endsAt)) : '–',
          })}
        </li>
      ))}
    </ul>
  );
}
