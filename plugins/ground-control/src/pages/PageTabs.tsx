import { NavLink } from 'react-router-dom';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { usePagesText } from '../hooks/usePagesText';
import { TabStrip } from './TabStrip';

/** The pages under Releases, as links. */
export function PageTabs() {
  const t = usePagesText();
  const paths = useReleasesPath();
  return (
    <TabStrip label={t('page.tabs')}>
      <NavLink to={paths.board}>{t('page.board')}</NavLink>
      <NavLink to={paths.requests}>{t('page.requests')}</NavLink>
      <NavLink to={paths.clusters}>{t('page.clusters')}</NavLink>
      <NavLink to={paths.activity}>{t('page.activity')}</NavLink>
      <NavLink to={paths.policies}>{t('page.policies')}</NavLink>
      <NavLink to={paths.audit}>{t('page.audit')}</NavLink>
      <NavLink to={paths.find}>{t('page.find')}</NavLink>
    </TabStrip>
  );
}
