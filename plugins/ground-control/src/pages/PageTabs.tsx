import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router-dom';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { usePagesText } from '../hooks/usePagesText';

/** The pages under Releases, as links. */
export function PageTabs() {
  const t = usePagesText();
  const paths = useReleasesPath();
  const { pathname } = useLocation();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow window the tabs lie in a strip that scrolls.
    const strip = ref.current;
    const tab = strip?.querySelector<HTMLElement>('[aria-current=page]');
    if (!strip || !tab) return;
    const end = tab.offsetLeft + tab.offsetWidth - strip.clientWidth;
    strip.scrollLeft = Math.min(
      Math.max(strip.scrollLeft, end),
      tab.offsetLeft,
    );
  }, [pathname]);
  return (
    <nav ref={ref} aria-label={t('page.tabs')} className="gc-tabs">
      <NavLink to={paths.board}>{t('page.board')}</NavLink>
      <NavLink to={paths.requests}>{t('page.requests')}</NavLink>
      <NavLink to={paths.clusters}>{t('page.clusters')}</NavLink>
      <NavLink to={paths.activity}>{t('page.activity')}</NavLink>
      <NavLink to={paths.policies}>{t('page.policies')}</NavLink>
      <NavLink to={paths.audit}>{t('page.audit')}</NavLink>
      <NavLink to={paths.find}>{t('page.find')}</NavLink>
    </nav>
  );
}
