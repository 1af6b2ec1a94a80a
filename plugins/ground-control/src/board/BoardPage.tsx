import { usePageTitle } from '../hooks/usePageTitle';
import { usePagesText } from '../hooks/usePagesText';
import { PageHeading } from '../pages/PageHeading';
import { LiveBoard } from './LiveBoard';

/** `/releases/board`: what runs where. */
export function BoardPage() {
  const t = usePagesText();
  usePageTitle(t('page.board'));
  return (
    <LiveBoard heading={<PageHeading>{t('board.heading')}</PageHeading>} />
  );
}
