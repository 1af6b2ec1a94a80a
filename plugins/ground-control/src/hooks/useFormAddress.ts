import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';

/**
 * The form that the address names. Opening one is a step that Back takes
 * back; closing it returns the focus to where it was.
 *
 * @param parse - finds the form in the address; one that stays the same
 * @param format - writes what `parse` reads, over other parameters; the same
 */
export function useFormAddress<F>(
  parse: (params: URLSearchParams) => F | undefined,
  format: (form: F | undefined, base?: URLSearchParams) => URLSearchParams,
) {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const form = useMemo(() => parse(params), [params, parse]);
  const opener = useRef<{ element: Element | null }>();
  const set = useCallback(
    (next: F | undefined, replace: boolean) =>
      setParams(before => format(next, before), { replace }),
    [setParams, format],
  );
  const open = useCallback(
    (next: F) => {
      opener.current = { element: document.activeElement };
      set(next, false);
    },
    [set],
  );
  const change = useCallback((next: F) => set(next, true), [set]);
  const close = useCallback(() => {
    if (opener.current) navigate(-1);
    else set(undefined, true);
  }, [navigate, set]);
  const isOpen = form !== undefined;
  useEffect(() => {
    if (isOpen) return;
    // Another panel that took its place has the focus already.
    if (document.activeElement === document.body) {
      (opener.current?.element as HTMLElement | undefined)?.focus?.();
    }
    opener.current = undefined;
  }, [isOpen]);
  return { form, open, change, close };
}
