import { Fragment, ReactNode, useEffect, useRef, useState } from 'react';
import { usePagesText } from '../hooks/usePagesText';
import { useShortcuts } from '../hooks/useShortcuts';
import { isElsewhere } from '../lib/isElsewhere';
import { isTyping } from '../lib/isTyping';

/** A sign or a key, and what it means; within a `dl`. */
export function Meaning(props: { sign: ReactNode; children: ReactNode }) {
  return (
    <div style={{ display: 'contents' }}>
      <dt>{props.sign}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Keys({ keys }: { keys: string[] }) {
  return (
    <>
      {keys.map((key, i) => (
        <Fragment key={key}>
          {i > 0 && ' '}
          <kbd>{key}</kbd>
        </Fragment>
      ))}
    </>
  );
}

/**
 * The list of a page's keys, and the switch for those that are single letters,
 * behind a button and behind `?`. Children come before the list.
 */
export function KeysHelp(props: {
  title: string;
  intro?: string;
  /** Keys as they are printed on keyboards, and what they do. */
  keys: readonly (readonly [keys: string | string[], meaning: string])[];
  children?: ReactNode;
}) {
  const t = usePagesText();
  const { on, set } = useShortcuts();
  const [open, setOpen] = useState(false);
  const summary = useRef<HTMLElement>(null);
  /** What had the focus when `?` was pressed. */
  const opener = useRef<HTMLElement>();

  const close = () => {
    setOpen(false);
    (opener.current ?? summary.current)?.focus();
  };
  const toggle = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.key !== '?' || event.defaultPrevented || isTyping(target)) return;
    if (isElsewhere(summary.current?.closest('.gc-root'), target)) return;
    event.preventDefault();
    if (open) {
      close();
      return;
    }
    opener.current = target === document.body ? undefined : target;
    setOpen(true);
    summary.current?.focus();
  };
  const current = useRef(toggle);
  current.current = toggle;
  useEffect(() => {
    if (!on) return undefined;
    const onKeyDown = (event: KeyboardEvent) => current.current(event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [on]);

  return (
    // Esc is one more way out; the summary closes it too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <details
      open={open}
      // Where keys are hidden there would be nothing behind the button.
      className={`gc-help ${props.children ? 'gc-help-two' : 'gc-only-keys'}`}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      <summary
        ref={summary}
        className="gc-button gc-button-bare"
        aria-keyshortcuts={on ? '?' : undefined}
        onClick={event => {
          event.preventDefault();
          opener.current = undefined;
          setOpen(!open);
        }}
      >
        {props.title}
      </summary>
      {open && (
        <div className="gc-stack-tight">
          {props.children}
          <div className="gc-only-keys gc-stack-tight">
            {props.intro && <p className="gc-small gc-quiet">{props.intro}</p>}
            <dl className="gc-facts">
              {props.keys.map(([keys, meaning]) => (
                <Meaning key={meaning} sign={<Keys keys={[keys].flat()} />}>
                  {meaning}
                </Meaning>
              ))}
              <Meaning sign={<kbd>?</kbd>}>{t('keys.keyHelp')}</Meaning>
            </dl>
            <label className="gc-small gc-check">
              <input
                type="checkbox"
                checked={on}
                onChange={event => set(event.target.checked)}
              />{' '}
              {t('keys.switch')}
            </label>
          </div>
        </div>
      )}
    </details>
  );
}
