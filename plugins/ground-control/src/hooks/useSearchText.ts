import { useEffect, useRef, useState } from 'react';

const TYPING_MS = 250;

/**
 * A text field whose value lives in the URL: what is typed shows at once and
 * is committed after a pause; a value that comes from outside (Back, a link)
 * replaces what is typed.
 */
export function useSearchText(
  value: string,
  commit: (text: string) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const committed = useRef(value);
  const commitRef = useRef(commit);
  commitRef.current = commit;
  useEffect(() => {
    if (value !== committed.current) {
      committed.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text === committed.current) return undefined;
    const timer = setTimeout(() => {
      committed.current = text;
      commitRef.current(text);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}
