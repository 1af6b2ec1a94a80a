import { useState } from 'react';

let count = 0;

/** An id for an element that others refer to; React 17 has no `useId`. */
export function useLabelId(): string {
  const [id] = useState(() => {
    count += 1;
    return `gc-id-${count}`;
  });
  return id;
}
