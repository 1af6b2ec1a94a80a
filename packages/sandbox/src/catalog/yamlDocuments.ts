/** A catalog entity, as much of it as we write. */
export interface Entity {
  kind: string;
  name: string;
  title?: string;
  description?: string;
  annotations?: Record<string, string>;
  spec: object;
}

const PLAIN = /^[A-Za-z][A-Za-z0-9 ./:_-]*[A-Za-z0-9]$/;
const NOT_TEXT = /^(true|false|null|yes|no|on|off|y|n)$/i;

function scalar(value: unknown): string {
  const text = String(value);
  return PLAIN.test(text) && !NOT_TEXT.test(text) && !text.includes(': ')
    ? text
    : JSON.stringify(value);
}

function block(value: object, spaces: number): string {
  const margin = ' '.repeat(spaces);
  if (Array.isArray(value)) {
    return value.map(item => `${margin}- ${scalar(item)}\n`).join('');
  }
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => {
      if (typeof item !== 'object' || item === null) {
        return `${margin}${key}: ${scalar(item)}\n`;
      }
      return Object.keys(item).length === 0
        ? `${margin}${key}: ${Array.isArray(item) ? '[]' : '{}'}\n`
        : `${margin}${key}:\n${block(item, spaces + 2)}`;
    })
    .join('');
}

/** Entities as the documents of one YAML file. */
export function yamlDocuments(entities: Entity[]): string {
  return entities
    .map(({ kind, name, title, description, annotations, spec }) => {
      const metadata = { name, title, description, annotations };
      const apiVersion = 'backstage.io/v1alpha1';
      return `---\n${block({ apiVersion, kind, metadata, spec }, 0)}`;
    })
    .join('');
}
