import { usePagesText } from '../hooks/usePagesText';
import { ClassicShell } from './ClassicShell';
import { ReleasesRouter } from './ReleasesRouter';

/** The pages of releases in the shell of the classic frontend system. */
export function ClassicReleasesPage() {
  const t = usePagesText();
  return (
    <ClassicShell title={t('page.title')}>
      <ReleasesRouter />
    </ClassicShell>
  );
}

export { shared } from '../chunks/shared';
