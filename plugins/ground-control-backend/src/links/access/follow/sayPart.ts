import { EntryCheckPart } from '@ground-control/backstage-plugin-ground-control-common';

type Params = EntryCheckPart['params'];

/** Why it isn't told whether something answers that is mirrored. */
export const UNMEASURED = 'nothing measures the link';

/** In the words in which the portal tells the three checks. */
const WORDS: Record<string, (params: Params) => string> = {
  'not-exported': ({ cluster }) => `${cluster} doesn't export it`,
  'not-mirrored': ({ reason }) => withWhy('not mirrored', reason),
  'not-linked': ({ cluster }) => `not linked to ${cluster}`,
  'links-not-known': ({ cluster }) =>
    `whether it is linked to ${cluster} isn't known`,
  'cluster-not-known': ({ cluster }) => `no cluster is named ${cluster}`,
  'cluster-not-heard': ({ clusters }) => `not heard of: ${clusters}`,
  'other-dns-name': ({ dnsName }) => `leads to ${dnsName}`,
  'no-ingress': ({ cluster }) => `no Ingress in ${cluster}`,
  'other-port': ({ port }) => `leads to port ${port}`,
  'certificate-not-ready': ({ message }) =>
    withWhy('certificate not ready', message),
  'certificate-missing': () => 'no certificate',
  'certificate-unknown': () => 'certificate not known',
  'link-unwell': () => 'the link is down',
  'link-stale': () => UNMEASURED,
  'no-probe': () => UNMEASURED,
};

function withWhy(what: string, why: Params[string] | undefined): string {
  return why ? `${what}: ${why}` : what;
}

/** What a check says of an entry that isn't in order, as part of a sentence. */
export function sayPart({ code, params }: EntryCheckPart): string {
  return WORDS[code]?.(params) ?? code.replaceAll('-', ' ');
}
