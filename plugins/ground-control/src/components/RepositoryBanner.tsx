import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../hooks/useFormat';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { REPOSITORY_GLYPHS } from './repositoryGlyphs';
import { StatusGlyph } from './StatusGlyph';

/** Says what is wrong with what is shown, where the config repository isn't read well; nothing where it is. */
export function RepositoryBanner(props: { repository: RepositoryStatus }) {
  const t = useText();
  const pt = usePagesText();
  const format = useFormat();
  const { state, progress, reason, branch } = props.repository;
  const textOf = () => {
    switch (state) {
      case 'fresh':
        return undefined;
      case 'starting':
        return pt('freshness.startingBanner');
      case 'ingesting':
        return progress
          ? pt('freshness.ingestingBanner', {
              done: format.number(progress.done),
              total: format.number(progress.total),
            })
          : pt('freshness.ingestingBannerUnknown');
      case 'empty':
        return pt('freshness.emptyBanner', { branch });
      default:
        return pt('freshness.staleBanner', {
          state: t(`freshness.${state}`),
          reason: reason ?? '',
        });
    }
  };
  const text = textOf();
  if (!text) return null;
  return (
    <div className="gc-banner gc-banner-warn" role="status">
      <StatusGlyph status={REPOSITORY_GLYPHS[state]} />
      <span className="gc-wrap">{text}</span>
    </div>
  );
}
