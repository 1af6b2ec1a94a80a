import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';
import { AskedRequest } from './AskedRequest';

/** What came of a form: each request, its link, and how it stands. */
export function AskedList(props: {
  asked: ReleaseRequest[];
  onAnother?(): void;
}) {
  const t = usePagesText();
  const { asked } = props;
  return (
    <section className="gc-stack" aria-live="polite">
      <h3>{t('asked.heading', { count: asked.length })}</h3>
      <ul className="gc-stack">
        {asked.map(request => (
          <AskedRequest key={request.id} request={request} />
        ))}
      </ul>
      {props.onAnother && (
        <div>
          <button type="button" className="gc-button" onClick={props.onAnother}>
            {t('asked.another')}
          </button>
        </div>
      )}
    </section>
  );
}
