import { useState } from 'react';

/**
 * Puts a style sheet on the page, once for as long as the page lives. It must
 * be there before the first paint, so this happens while rendering; doing it
 * again changes nothing.
 */
export function useStyleSheet(name: string, css: string): void {
  useState(() => {
    const id = `gc-styles-${name}`;
    if (!document.getElementById(id)) {
      const style = document.createElement('style');
      style.id = id;
      style.textContent = css;
      document.head.appendChild(style);
    }
    return undefined;
  });
}
