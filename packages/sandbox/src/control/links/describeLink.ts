import type { LinkState } from '../../clusters/linkerd/Links.ts';

/** What is wrong with a link, in words; empty when nothing is. */
export function describeLink(link: LinkState): string {
  const { mode, loss, addMs, broken } = link;
  return [
    ...(mode === 'well' ? [] : [mode]),
    ...(loss > 0 ? [`loses ${loss}`] : []),
    ...(addMs > 0 ? [`${addMs} ms slower`] : []),
    ...broken.map(service => `doesn't mirror ${service}`),
  ].join(', ');
}
