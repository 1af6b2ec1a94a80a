import type { ServerResponse } from 'node:http';
import { sendJson, sendText } from './send.ts';

const HEALTH = ['/readyz', '/livez', '/healthz'];
const DEFAULT_VERSION = 'v1.33.4';

/** Answers what Kubernetes tells everybody; false for anything else. */
export function answerPublic(
  path: string,
  response: ServerResponse,
  version = DEFAULT_VERSION,
): boolean {
  if (HEALTH.includes(path)) {
    sendText(response, 200, 'ok');
    return true;
  }
  if (path === '/version') {
    const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
    sendJson(
      response,
      200,
      JSON.stringify({
        major,
        minor,
        gitVersion: version,
        gitTreeState: 'clean',
        platform: 'linux/amd64',
      }),
    );
    return true;
  }
  return false;
}
