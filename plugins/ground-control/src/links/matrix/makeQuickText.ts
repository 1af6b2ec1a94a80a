import { LinksText } from '../../hooks/useLinksText';

/**
 * Looks each text up once and fills it in itself from then on: looking up
 * thousands of them takes longer than drawing them. Texts with a `count`, whose
 * form depends on it, are looked up each time.
 */
export function makeQuickText(t: LinksText): LinksText {
  const lookUp = t as (key: string, values?: object) => string;
  const templates = new Map<string, string>();
  const quick = (key: string, values: Record<string, unknown> = {}) => {
    if ('count' in values) return lookUp(key, values);
    let template = templates.get(key);
    if (template === undefined) {
      template = lookUp(
        key,
        Object.fromEntries(
          Object.keys(values).map(name => [name, `⟦${name}⟧`]),
        ),
      );
      templates.set(key, template);
    }
    return template.replace(/⟦(\w+)⟧/g, (_, name) => String(values[name]));
  };
  return quick as LinksText;
}
