import { ReactNode, useEffect, useRef } from 'react';
import { useLabelId } from '../hooks/useLabelId';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { usePagesText } from '../hooks/usePagesText';

const sheetStyles = `
.gc-sheet{position:fixed;z-index:20;inset-block:0;inset-inline-end:0;width:min(480px,100vw);overflow:auto;background:var(--gc-card);border-inline-start:1px solid var(--gc-control);padding:16px;display:flex;flex-direction:column;gap:16px}
.gc-sheet>header{display:flex;justify-content:space-between;align-items:flex-start;gap:8px}
@media (max-width:599px){.gc-sheet{padding-block-end:72px}}
`;

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
  useStyleSheet('sheet', sheetStyles);
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
