import { usePageTitle } from '../hooks/usePageTitle';
import { useText } from '../hooks/useText';
import { PageHeading } from '../pages/PageHeading';
import { LiveBoard } from './LiveBoard';

/** `/releases/board`: what runs where. */
export function BoardPage() {
  const t = useText();
  usePageTitle(t('page.board'));
  return (
    <LiveBoard heading={<PageHeading>{t('board.heading')}</PageHeading>} />
  );
}
