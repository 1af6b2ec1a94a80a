import { ServiceDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { ToolLinks } from '../components/ToolLinks';
import { useText } from '../hooks/useText';
import { ArtifactFacts } from '../release/ArtifactFacts';
import { ReleaseSummary } from '../release/ReleaseSummary';

/** What is recorded in each environment now, in the order of promotion. */
export function EnvironmentPanels(props: { detail: ServiceDetail }) {
  const t = useText();
  const { detail } = props;
  if (!detail.environments.length) return null;
  return (
    <section className="gc-stack-tight">
      <h3>{t('service.environments')}</h3>
      <ul className="gc-environments">
        {detail.environments.map(
          ({ environment, current, behind, behindOf, links }) => (
            <li key={environment} className="gc-panel gc-stack-tight">
              <div className="gc-row gc-spread">
                <h4>{environment}</h4>
                {behindOf !== undefined && behind !== undefined && (
                  <span className={behind ? 'gc-chip' : 'gc-quiet gc-small'}>
                    {behind
                      ? t('board.behindOf', {
                          count: behind,
                          environment: behindOf,
                        })
                      : t('service.upToDate', { environment: behindOf })}
                  </span>
                )}
              </div>
              {current ? (
                <>
                  <ReleaseSummary release={current} surelyCurrent />
                  {current.artifact && (
                    <ArtifactFacts artifact={current.artifact} />
                  )}
                </>
              ) : (
                <p className="gc-quiet">
                  <StatusGlyph status="not-released" />{' '}
                  {t('service.notReleased')}
                </p>
              )}
              <ToolLinks
                links={links}
                label={t('links.label', {
                  service: detail.service.name,
                  environment,
                })}
              />
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
