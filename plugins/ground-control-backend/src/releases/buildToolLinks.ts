import { ToolLink } from '@ground-control/backstage-plugin-ground-control-common';
import { LinkTemplate } from './types';

/** What stands for `{service}` and the like; absent where unknown. */
export interface LinkValues {
  service: string;
  namespace: string;
  environment: string;
  squad?: string;
  artifactId?: string;
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** A name that is a step up in a path can't be put into one. */
function isPathStep(value: string): boolean {
  return value === '.' || value === '..';
}

/** Half a character, which JSON can hold, can't be encoded. */
function encode(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString());
}

function isWebUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:';
}

/**
 * Fills URL templates. Values are percent-encoded, so that a name can't leave
 * its place in the URL. A link that needs an unknown value, or that isn't http
 * or https once filled, is left out.
 */
export function buildToolLinks(
  templates: LinkTemplate[],
  values: LinkValues,
): ToolLink[] {
  const known = new Map(Object.entries(values));
  return templates.flatMap(({ title, kind, url, environments }) => {
    if (environments && !environments.includes(values.environment)) {
      return [];
    }
    const missing = [...url.matchAll(PLACEHOLDER)].some(
      ([, name]) => !known.get(name) || isPathStep(known.get(name)!),
    );
    const filled = url.replace(PLACEHOLDER, (_, name) =>
      encode(known.get(name) ?? ''),
    );
    return !missing && isWebUrl(filled) ? [{ title, kind, url: filled }] : [];
  });
}

/** The commit of the config repository at its Git host, where configured. */
export function buildRevisionUrl(
  template: string | undefined,
  revision: string,
): string | undefined {
  const url = template?.replaceAll('{revision}', encode(revision));
  return url && isWebUrl(url) ? url : undefined;
}
