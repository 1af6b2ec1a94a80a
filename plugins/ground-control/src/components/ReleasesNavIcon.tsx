import { ComponentType, useEffect, useState } from 'react';
import { ReleasesIcon } from './ReleasesIcon';

/**
 * The plugin's icon with a dot while decisions wait for the reader. What
 * counts them is loaded after the icon, so that the portal's start stays small;
 * where it can't be loaded there is no dot.
 */
export function ReleasesNavIcon() {
  const [Mark, setMark] = useState<ComponentType>();
  useEffect(() => {
    let gone = false;
    import('../requests/WaitingMark').then(
      ({ WaitingDot }) => !gone && setMark(() => WaitingDot),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, []);
  return (
    <span style={{ position: 'relative', display: 'inline-flex' }}>
      <ReleasesIcon />
      {Mark && <Mark />}
    </span>
  );
}
