/** What went wrong with a request, as far as people can act on it. */
export interface DescribedError {
  kind:
    | 'forbidden'
    | 'signed-out'
    | 'not-found'
    | 'timeout'
    | 'offline'
    | 'failed';
  /** What the server, or else the browser, says. */
  message: string;
  /** To be given to whoever runs the portal. */
  requestId?: string;
  /** Of `forbidden`: the permission that is missing, where the server names it. */
  permission?: string;
  /** For example `GET /v1/board`. */
  request?: string;
}

interface ErrorLike {
  name?: unknown;
  message?: unknown;
  statusCode?: unknown;
  cause?: { message?: unknown };
  response?: { headers?: { get?(name: string): string | null } };
  body?: { request?: { method?: unknown; url?: unknown } };
}

// The backend names a permission in its message: “the permission a.b is missing”.
const PERMISSION = /\bpermission ([a-z0-9-]+(?:\.[a-z0-9-]+)+)/i;

function kindOf(error: ErrorLike): DescribedError['kind'] {
  switch (error.statusCode) {
    case 401:
      return 'signed-out';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case undefined:
      break;
    default:
      return 'failed';
  }
  if (error.name === 'TimeoutError') return 'timeout';
  // What `fetch` rejects with when there is no connection.
  return error.name === 'TypeError' ? 'offline' : 'failed';
}

/** Reads a rejected request: a ResponseError, or what `fetch` throws. */
export function describeError(error: unknown): DescribedError {
  const like = (error ?? {}) as ErrorLike;
  const described: DescribedError = {
    kind: kindOf(like),
    message: String(like.cause?.message ?? like.message ?? error),
  };
  const permission = PERMISSION.exec(described.message)?.[1];
  if (described.kind === 'forbidden' && permission) {
    described.permission = permission;
  }
  const requestId = like.response?.headers?.get?.('x-request-id');
  const request = like.body?.request;
  if (requestId) described.requestId = requestId;
  if (typeof request?.method === 'string' && typeof request.url === 'string') {
    described.request = `${request.method} ${request.url.split('?')[0]}`;
  }
  return described;
}
