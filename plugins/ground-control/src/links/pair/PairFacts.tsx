import {
  LinkFacts,
  TrustRoot,
} from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../../components/StatusGlyph';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';

/** More of them would push away all that follows. */
const MOST_UNFOLDED = 5;

function Roots(props: { cluster: string; roots: TrustRoot[] }) {
  const t = useLinksText();
  const format = useFormat();
  return (
    <>
      {props.roots.map(({ fingerprint, subject, notAfter }) => (
        <li key={fingerprint} className="gc-small gc-wrap">
          {t('pair.root', {
            cluster: props.cluster,
            subject,
            at: format.minute(new Date(notAfter)),
          })}{' '}
          <span className="gc-mono gc-quiet" title={fingerprint}>
            {fingerprint.slice(0, 12)}
          </span>
        </li>
      ))}
    </>
  );
}

function Trust(props: { link: LinkFacts }) {
  const t = useLinksText();
  const format = useFormat();
  const { from, to, trust, trustEndsAt, fromRoots, toRoots } = props.link;
  const glyphOf = () => {
    if (trust === 'shared') return 'fine';
    if (trust === 'unknown') return 'unknown';
    return trust === 'expiring' ? 'warning' : 'failed';
  };
  return (
    <>
      <StatusGlyph status={glyphOf()} />{' '}
      {t(`trust.${trust}`, {
        at: trustEndsAt ? format.minute(new Date(trustEndsAt)) : '–',
      })}
      <ul>
        <Roots cluster={from} roots={fromRoots} />
        <Roots cluster={to} roots={toRoots} />
      </ul>
    </>
  );
}

function Mirrored(props: { services: LinkFacts['mirrored'] }) {
  const t = useLinksText();
  const { services } = props;
  return (
    <ul>
      {services.map(one => (
        <li key={`${one.namespace}/${one.name}`}>
          <StatusGlyph status={one.state === 'failing' ? 'failed' : 'fine'} />{' '}
          {t('pair.mirroredAs', {
            name: `${one.namespace}/${one.name}`,
            service: `${one.serviceNamespace}/${one.service}`,
          })}
          {one.state === 'failing' && (
            <div className="gc-small">
              {t('pair.failing', { reason: one.reason ?? '–' })} {one.message}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What fails stands first; of many that don't, it is said how many they are. */
function MirroredList(props: { services: LinkFacts['mirrored'] }) {
  const t = useLinksText();
  const { services } = props;
  if (services.length <= MOST_UNFOLDED) return <Mirrored services={services} />;
  const failing = services.filter(one => one.state === 'failing');
  const well = services.filter(one => one.state !== 'failing');
  return (
    <>
      <Mirrored services={failing} />
      {well.length > 0 && (
        <details>
          <summary>{t('pair.mirroredWell', { count: well.length })}</summary>
          <Mirrored services={well} />
        </details>
      )}
    </>
  );
}

/** What the source cluster says of the link: its gateway, what is mirrored over it, whom both trust. */
export function PairFacts(props: { link: LinkFacts | null }) {
  const t = useLinksText();
  const { link } = props;
  const period = link?.probePeriod;
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>{t('pair.link')}</h3>
      {!link && <p className="gc-quiet">{t('pair.noFacts')}</p>}
      {link && (
        <dl className="gc-facts">
          <dt>{t('pair.gateway')}</dt>
          <dd>
            {link.gateway.join(', ') || '–'}
            {link.gatewayPort !== null && `:${link.gatewayPort}`}
          </dd>
          <dt>{t('pair.identity')}</dt>
          <dd>{link.gatewayIdentity ?? '–'}</dd>
          <dt>{t('pair.probed')}</dt>
          <dd>{period ? t('pair.every', { period }) : '–'}</dd>
          <dt>{t('pair.trust')}</dt>
          <dd>
            <Trust link={link} />
          </dd>
          <dt>{t('pair.mirrored')}</dt>
          <dd>
            {!link.mirrored.length && t('pair.noMirrored')}
            <MirroredList services={link.mirrored} />
          </dd>
        </dl>
      )}
    </section>
  );
}
