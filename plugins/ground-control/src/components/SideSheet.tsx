import { ReactNode, useEffect, useRef } from 'react';
import { useLabelId } from '../hooks/useLabelId';
import { usePagesText } from '../hooks/usePagesText';

/**
 * A panel at the side that leaves the page usable. It takes the focus when it
 * opens on another subject; Esc closes it from within.
 */
export function SideSheet(props: {
  /** Names what is shown. */
  subject: string;
  heading: ReactNode;
  onClose(): void;
  children: ReactNode;
}) {
  const t = usePagesText();
  const id = useLabelId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [props.subject]);
  return (
    // The key is a shortcut of the close button, which is there for all.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="dialog"
      aria-labelledby={id}
      className="gc-sheet"
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          props.onClose();
        }
      }}
    >
      <header>
        <h2 id={id} ref={heading} tabIndex={-1} className="gc-wrap">
          {props.heading}
        </h2>
        <button type="button" className="gc-button" onClick={props.onClose}>
          {t('sheet.close')}
        </button>
      </header>
      {props.children}
    </div>
  );
}
