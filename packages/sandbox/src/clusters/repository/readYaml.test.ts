import { readYaml } from './readYaml.ts';

describe('readYaml', () => {
  it('reads what manifests are made of', () => {
    expect(
      readYaml(`# A comment
apiVersion: v1
kind: "List"   # and another
metadata:
  labels: {"a": "b"}
  name: 'it''s'
  empty:
items:
- plain text: yes
  number: 12
  deep:
    - - 1
      - -2.5
    - key: "a: b"
      other: http://example.com:80/path
    -
      nothing: null
text: |
  one
    two

  three
folded: >-
  one
  two
last: true
---
kind: Second
`),
    ).toEqual([
      {
        apiVersion: 'v1',
        kind: 'List',
        metadata: { labels: { a: 'b' }, name: "it's", empty: null },
        items: [
          {
            'plain text': 'yes',
            number: 12,
            deep: [
              [1, -2.5],
              { key: 'a: b', other: 'http://example.com:80/path' },
              { nothing: null },
            ],
          },
        ],
        text: 'one\n  two\n\nthree\n',
        folded: 'one two',
        last: true,
      },
      { kind: 'Second' },
    ]);
  });

  it('reads nothing from nothing', () => {
    expect(readYaml('')).toEqual([]);
    expect(readYaml('---\n# only this\n---\n')).toEqual([]);
  });

  it.each([
    ['a: b: c', /line 1/],
    ['a: 1\n\tb: 2', /line 2: found character/],
    ['a:\n  - 1\n b: 2', /line 3/],
    ['a: "open', /line 1: found unexpected end/],
    ['a: &anchor x', /line 1/],
    ['a: [\n', /line 1/],
    ['a\nb', /line 2/],
  ])('says where %j is wrong', (text, message) => {
    expect(() => readYaml(text)).toThrow(message);
  });

  it('does not take a key for anything but a key', () => {
    const [read] = readYaml('__proto__:\n  polluted: true\n');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(read as object)).toEqual(['__proto__']);
  });
});
