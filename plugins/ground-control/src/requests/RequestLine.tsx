import {
  ReleaseRequest,
  RequestChangeCount,
  RequestState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { nameOfPerson } from '../lib/nameOfPerson';
import { Hidden } from '../components/Hidden';
import { RelativeTime } from '../components/RelativeTime';
import { RequestStateGlyph } from '../components/RequestStateGlyph';
import { VerdictGlyphs } from '../components/VerdictTiles';
import { useFormat } from '../hooks/useFormat';
import { useNow } from '../hooks/useNow';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { RequestsText, useRequestsText } from '../hooks/useRequestsText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { shownState } from '../lib/shownState';
import { AskAgain } from './AskAgain';
import { describeCallers } from './describeCallers';
import { subjectOf } from './subjectOf';

/** Ends that nobody chose: what was asked for is wanted still. */
const LAPSED: readonly RequestState[] = ['outdated', 'expired'];

function describeSize(
  t: RequestsText,
  { kind, total, undoes }: RequestChangeCount,
): string {
  const size = t(`decision.${kind}`, { count: total });
  return undoes ? t('list.undoes', { size }) : size;
}

function Expiry(props: { at: string }) {
  const t = useRequestsText();
  const format = useFormat();
  const left = (Date.parse(props.at) - useNow()) / 1000;
  const duration = format.age(left);
  return (
    <time dateTime={props.at} title={format.moment(new Date(props.at))}>
      {duration ? t('list.expires', { duration }) : t('list.expiresNow')}
    </time>
  );
}

/** One request of the inbox; the link at its end covers the whole line. */
export function RequestLine(props: {
  request: ReleaseRequest;
  /** The list's filters, for who opens it and goes on to the next. */
  search: string;
  /** It is the reader's own. */
  own?: boolean;
}) {
  const t = useRequestsText();
  const format = useFormat();
  const paths = useReleasesPath();
  const { request } = props;
  const { access, message } = request;
  const state = shownState(request);
  const subject = subjectOf(t, request);
  return (
    <li>
      <span className="gc-row">
        <RequestStateGlyph state={state} />
        <span className="gc-strong gc-wrap">{subject}</span>
        {state === 'pending' ? (
          <Hidden>{t(`state.${state}`)}</Hidden>
        ) : (
          <span className="gc-small gc-quiet">{t(`state.${state}`)}</span>
        )}
        {request.override && (
          <span className="gc-chip gc-chip-bad">{t('list.override')}</span>
        )}
      </span>
      {access ? (
        <span className="gc-small gc-quiet gc-wrap">
          {describeCallers(t, format, access.wish)}
        </span>
      ) : (
        <span>
          <span className="gc-mono" title={request.artifactId}>
            {shortArtifactId(request.artifactId)}
          </span>{' '}
          {request.changeCount && (
            <span className="gc-small gc-quiet">
              {describeSize(t, request.changeCount)}
            </span>
          )}
        </span>
      )}
      <VerdictGlyphs verdicts={request.verdicts} />
      <span className="gc-small">
        {t('list.asked', { name: nameOfPerson(request.requestedBy) })}
      </span>
      <span className="gc-small gc-quiet">
        <RelativeTime at={request.requestedAt} />
        {state === 'pending' && request.expiresAt && (
          <>
            {' · '}
            <Expiry at={request.expiresAt} />
          </>
        )}
      </span>
      <PageLink
        to={paths.request(request.id)}
        state={{ inbox: props.search }}
        className="gc-review"
        data-request={request.id}
      >
        {request.mayDecide ? t('list.review') : t('list.open')}{' '}
        <Hidden>
          {subject} {request.id}
        </Hidden>
      </PageLink>
      {message && state !== 'pending' && (
        <span className="gc-request-note gc-small gc-quiet gc-wrap">
          {message}
        </span>
      )}
      {props.own && LAPSED.includes(request.state) && (
        <div className="gc-request-note gc-row">
          <AskAgain request={request} subject={`${subject} ${request.id}`} />
        </div>
      )}
    </li>
  );
}
