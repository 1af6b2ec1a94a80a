import { render } from '@testing-library/react';
import { PageRoot } from './PageRoot';

describe('PageRoot', () => {
  it('puts the sheet of pages after the one that it relies on', () => {
    render(<PageRoot className="gc-page">page</PageRoot>);
    const sheets = document.head.querySelectorAll('style[id^=gc-styles-]');
    expect([...sheets].map(({ id }) => id)).toEqual([
      'gc-styles-base',
      'gc-styles-page',
    ]);
  });
});
