import { NavLink } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import { usePagesText } from '../hooks/usePagesText';
import { rootRouteRef } from '../routes';
import { TabStrip } from './TabStrip';

/** The pages, in the order of their tabs, by the names that their paths have. */
const PAGES = [
  'board',
  'requests',
  'clusters',
  'activity',
  'policies',
  'audit',
  'find',
] as const;

/** The pages under Releases, as links. */
export function PageTabs() {
  const t = usePagesText();
  const root = useRouteRef(rootRouteRef)();
  return (
    <TabStrip label={t('page.tabs')}>
      {PAGES.map(page => (
        <NavLink key={page} to={`${root}/${page}`}>
          {t(`page.${page}`)}
        </NavLink>
      ))}
    </TabStrip>
  );
}
