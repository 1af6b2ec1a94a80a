import { NavLink } from 'react-router-dom';
import { useLinksPath } from '../hooks/useLinksPath';
import { useLinksText } from '../hooks/useLinksText';
import { TabStrip } from '../pages/TabStrip';
import { formatLinksState } from './linksState';
import { useLinksState } from './useLinksState';

/** The pages under Links, as links; what is looked for goes along. */
export function LinksTabs() {
  const t = useLinksText();
  const paths = useLinksPath();
  const search = formatLinksState(useLinksState().state).toString();
  return (
    <TabStrip label={t('page.tabs')}>
      <NavLink end to={{ pathname: paths.matrix, search }}>
        {t('page.matrix')}
      </NavLink>
      <NavLink to={{ pathname: paths.map, search }}>{t('page.map')}</NavLink>
      <NavLink to={{ pathname: paths.calls, search }}>
        {t('page.calls')}
      </NavLink>
      <NavLink to={{ pathname: paths.gateway, search }}>
        {t('page.gateway')}
      </NavLink>
    </TabStrip>
  );
}
