import { parseElement } from './parseElement';

it.each(['[]', '[7]', '[null]', '[1.5,null,[2,0.25,3],[],[1e-7],null]'])(
  'each element of %s is what reading all of it gives',
  packed => {
    const all: unknown[] = JSON.parse(packed);
    const each = [...all, null].map((_, at) => parseElement(packed, at));
    expect(each).toEqual([...all, null]);
  },
);
