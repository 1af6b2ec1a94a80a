import { useRef } from 'react';
import { useText } from '../hooks/useText';
import { describeError } from '../lib/describeError';
import { Pages } from '../hooks/usePages';

/** Loads the next page of a list, or says that there is none. */
export function MoreButton(props: {
  pages: Pages<unknown>;
  label: string;
  busyLabel: string;
  endLabel: string;
}) {
  const t = useText();
  const pressed = useRef(false);
  const { pages } = props;
  if (!pages.hasMore) {
    return (
      <p
        className="gc-quiet gc-small"
        tabIndex={-1}
        ref={end => {
          // The button that had the focus is gone.
          if (pressed.current && document.activeElement === document.body)
            end?.focus({ preventScroll: true });
          pressed.current = false;
        }}
      >
        {props.endLabel}
      </p>
    );
  }
  return (
    <div className="gc-row">
      <button
        type="button"
        className="gc-button"
        aria-disabled={pages.loadingMore}
        onClick={() => {
          pressed.current = true;
          if (!pages.loadingMore) pages.loadMore();
        }}
      >
        {pages.loadingMore ? props.busyLabel : props.label}
      </button>
      {pages.moreError !== undefined && (
        <span role="alert">
          {t(`state.${describeError(pages.moreError).kind}`)}
        </span>
      )}
    </div>
  );
}
