import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { formatOpenForm, OpenForm, parseOpenForm } from '../lib/openForm';

/**
 * The form that the address names. Opening one is a step that Back takes
 * back; closing it returns the focus to where it was.
 */
export function useOpenForm() {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const form = useMemo(() => parseOpenForm(params), [params]);
  const opener = useRef<{ element: Element | null }>();
  const set = useCallback(
    (next: OpenForm | undefined, replace: boolean) =>
      setParams(before => formatOpenForm(next, before), { replace }),
    [setParams],
  );
  const open = useCallback(
    (next: OpenForm) => {
      opener.current = { element: document.activeElement };
      set(next, false);
    },
    [set],
  );
  const change = useCallback((next: OpenForm) => set(next, true), [set]);
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
