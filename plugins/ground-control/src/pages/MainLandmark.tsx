import { ReactNode, useLayoutEffect, useRef, useState } from 'react';

/**
 * Exactly one `<main>`: ours where the shell gives none. It looks before the
 * first paint, because what it finds decides the element.
 */
export function MainLandmark(props: { children: ReactNode }) {
  const probe = useRef<HTMLSpanElement>(null);
  const [Tag, setTag] = useState<'main' | 'div'>();
  useLayoutEffect(() => {
    const within = probe.current?.closest('main,[role=main]');
    setTag(within ? 'div' : 'main');
  }, []);
  return Tag ? (
    <Tag className="gc-main">{props.children}</Tag>
  ) : (
    <span ref={probe} />
  );
}
