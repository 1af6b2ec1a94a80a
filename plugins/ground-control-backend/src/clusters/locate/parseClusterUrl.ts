/**
 * The address of a cluster's API, in the form in which requests take it.
 *
 * @returns what is wrong with it, without repeating it, or the address
 */
export function parseClusterUrl(
  text: string,
): { url: string } | { fault: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { fault: 'is not a URL; write one such as https://host:6443' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { fault: 'must begin with https://' };
  }
  if (url.username || url.password) {
    return { fault: 'may not contain a user or password' };
  }
  if (url.search || url.hash) {
    return { fault: 'may not contain ? or #' };
  }
  return { url: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
}
