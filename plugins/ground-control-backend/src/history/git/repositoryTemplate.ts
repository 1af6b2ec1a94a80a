import { InputError } from '@backstage/errors';
import {
  parseRemoteUrl,
  RemoteUrl,
  SourceService,
} from '@ground-control/backstage-plugin-ground-control-node';

const PLACEHOLDER = /\{([^{}]*)\}/g;
const NAMES = ['service', 'namespace', 'squad'] as const;
type Name = (typeof NAMES)[number];

// Letters, digits and single marks between them: no path, option, query or
// second host can be made of it. Longer names than this are no repository's.
const VALUE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;

/** Where the repository of each service is. */
export interface RepositoryTemplate {
  /** For people: with its placeholders, without credentials. */
  label: string;
  format(service: SourceService): RemoteUrl | { fault: string };
}

function fill(text: string, value: (name: Name) => string): string {
  return text.replace(PLACEHOLDER, (_, name: Name) => value(name));
}

/** Of a URL or `user@host:path`: all before the path; empty for a local path. */
function hostOf(text: string): string {
  return /^(?:[a-z]+:\/\/[^/]*\/|\/|[^/:]+:)/i.exec(text)?.[0] ?? text;
}

/**
 * Reads a URL with `{service}`, `{namespace}` and `{squad}` in its path. They
 * may stand nowhere else, because our credentials go to its host. Throws an
 * InputError that doesn't repeat the text, since it may hold a password.
 */
export function parseRepositoryTemplate(text: string): RepositoryTemplate {
  const used = [...text.matchAll(PLACEHOLDER)].map(match => match[1]);
  for (const name of used) {
    if (!(NAMES as readonly string[]).includes(name)) {
      throw new InputError(
        `it has a placeholder that isn't one of ${NAMES.map(
          known => `{${known}}`,
        ).join(', ')}`,
      );
    }
  }
  if (/[{}]/.test(hostOf(text)) || /[?#].*\{/.test(text)) {
    throw new InputError('placeholders may stand in its path alone');
  }
  const example = parseRemoteUrl(fill(text, () => 'x'));
  return {
    label: hideUser(text),
    format(service) {
      for (const name of used as Name[]) {
        const value = service[name];
        if (!value) {
          return {
            fault: `Its ${name} isn't known, and the URL of its repository is made with it.`,
          };
        }
        if (!VALUE.test(value) || value.includes('..')) {
          return {
            fault: `Its ${name} can't be part of the URL of a repository.`,
          };
        }
      }
      const remote = parseRemoteUrl(fill(text, name => service[name]!));
      return remote.origin === example.origin
        ? remote
        : { fault: 'The URL of its repository leads to another host.' };
    },
  };
}

function hideUser(text: string): string {
  return text.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1').replace(/[?#].*$/, '');
}
