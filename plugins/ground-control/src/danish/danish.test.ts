import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groundControlDanish } from '.';
import { groundControlLinksTranslationRef } from '../linksTranslation';
import { groundControlNavTranslationRef } from '../navTranslation';
import { groundControlPagesTranslationRef } from '../pagesTranslation';
import { groundControlPoliciesTranslationRef } from '../policiesTranslation';
import { groundControlRequestsTranslationRef } from '../requestsTranslation';
import { groundControlTranslationRef } from '../translation';

type Messages = Record<string, string>;

const refs = [
  groundControlTranslationRef,
  groundControlNavTranslationRef,
  groundControlPagesTranslationRef,
  groundControlRequestsTranslationRef,
  groundControlPoliciesTranslationRef,
  groundControlLinksTranslationRef,
];

/** A ref's texts in English, as Backstage reads them. */
function englishOf(ref: unknown): Messages {
  return (ref as { getDefaultMessages(): Messages }).getDefaultMessages();
}

/** A ref's texts in Danish, as Backstage loads them. */
async function danishOf(id: string): Promise<Messages> {
  const resource = groundControlDanish.find(
    each => each.id === id,
  ) as unknown as {
    resources: {
      language: string;
      loader(): Promise<{ messages: Messages }>;
    }[];
  };
  const [danish, ...others] = resource.resources;
  expect(danish.language).toBe('da');
  expect(others).toEqual([]);
  return (await danish.loader()).messages;
}

function placeholdersOf(text: string): string[] {
  return [...new Set(text.match(/\{\{.*?\}\}/g) ?? [])].sort();
}

/** The plugin's modules apart from the Danish ones. */
function readOthers(): string[] {
  const src = join(__dirname, '..');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.startsWith('danish'))
    .map(name => readFileSync(join(src, name), 'utf8'));
}

describe('Danish', () => {
  it('is imported by nothing else, so that who doesn’t install it loads none', () => {
    expect(
      readOthers().flatMap(text => text.match(/'[./]+\/danish\b.*'/g) ?? []),
    ).toEqual([]);
  });

  it('has a resource for each translation ref that there is', () => {
    const ids = readOthers()
      .flatMap(text => [
        ...text.matchAll(/createTranslationRef\(\{\s*id: '([^']+)'/g),
      ])
      .map(match => match[1])
      .sort();
    expect(refs.map(ref => ref.id).sort()).toEqual(ids);
    expect(groundControlDanish.map(({ id }) => id).sort()).toEqual(ids);
  });

  it.each(refs.map(ref => [ref.id, ref] as const))(
    'says all of %s, with the same placeholders',
    async (id, ref) => {
      const english = englishOf(ref);
      const danish = await danishOf(id);
      const shapes = (messages: Messages) =>
        Object.keys(messages)
          .sort()
          .map(key => [key, ...placeholdersOf(messages[key])]);
      expect(shapes(danish)).toEqual(shapes(english));
      expect(
        Object.keys(danish).filter(key => danish[key].trim() === ''),
      ).toEqual([]);
    },
  );

  it.each(refs.map(ref => ref.id))('has both plurals in %s', async id => {
    const danish = await danishOf(id);
    const without = Object.keys(danish)
      .filter(key => /_(zero|one|other)$/.test(key))
      .map(key => key.replace(/_\w+$/, ''))
      .filter(key => !danish[`${key}_one`] || !danish[`${key}_other`]);
    expect(without).toEqual([]);
  });
});
