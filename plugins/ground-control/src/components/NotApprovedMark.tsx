import { useText } from '../hooks/useText';
import { Hidden } from './Hidden';

/**
 * Says that no decision of ours stands behind a release: a shape that nothing
 * else has, and the words.
 *
 * @param reason - why, where it is known
 * @param brief - the words are for screen readers alone
 */
export function NotApprovedMark(props: { reason?: string; brief?: boolean }) {
  const t = useText();
  const { reason, brief } = props;
  const words = t('release.notApproved');
  return (
    <span
      className="gc-chip gc-chip-bad"
      title={reason ?? t('release.notApprovedTitle')}
    >
      <svg
        className="gc-glyph"
        viewBox="0 0 14 14"
        aria-hidden="true"
        focusable="false"
        data-status="not-approved"
      >
        <path
          fill="currentColor"
          fillRule="evenodd"
          d="M4.4.75h5.2l3.65 3.65v5.2L9.6 13.25H4.4L.75 9.6V4.4zM3.5 6v2h7V6z"
        />
      </svg>
      {brief ? <Hidden>{words}</Hidden> : ` ${words}`}
    </span>
  );
}
