import { NavLink } from 'react-router-dom';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useText } from '../hooks/useText';

/** The pages under Releases, as links. */
export function PageTabs() {
  const t = useText();
  const paths = useReleasesPath();
  return (
    <nav aria-label={t('page.tabs')} className="gc-tabs">
      <NavLink to={paths.board}>{t('page.board')}</NavLink>
      <NavLink to={paths.requests}>{t('page.requests')}</NavLink>
      <NavLink to={paths.clusters}>{t('page.clusters')}</NavLink>
      <NavLink to={paths.activity}>{t('page.activity')}</NavLink>
      <NavLink to={paths.audit}>{t('page.audit')}</NavLink>
      <NavLink to={paths.find}>{t('page.find')}</NavLink>
    </nav>
  );
}
