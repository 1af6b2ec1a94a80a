import { isTyping } from './isTyping';

describe('isTyping', () => {
  it.each([
    ['<input>', true],
    ['<input type="search">', true],
    ['<textarea></textarea>', true],
    // A letter goes to the option that begins so.
    ['<select></select>', true],
    ['<input type="checkbox">', false],
    ['<input type="radio">', false],
    ['<button></button>', false],
    ['<a href="/"></a>', false],
    ['<h2 tabindex="-1"></h2>', false],
  ])('in %s: %s', (html, typing) => {
    const parent = document.createElement('div');
    parent.innerHTML = html;
    expect(isTyping(parent.firstChild)).toBe(typing);
  });
});
