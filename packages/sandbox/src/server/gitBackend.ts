import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gitEnvironment } from '../git/runGit.ts';

const SEPARATOR = /\r?\n\r?\n/;
const LONGEST_HEAD = 16_384;

function cgiEnvironment(
  request: IncomingMessage,
  url: URL,
  pathInfo: string,
  projectRoot: string,
  user: string,
): NodeJS.ProcessEnv {
  const { headers } = request;
  const protocol = headers['git-protocol'];
  return {
    ...gitEnvironment(),
    GIT_PROJECT_ROOT: projectRoot,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: pathInfo,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: headers['content-length'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: typeof protocol === 'string' ? protocol : '',
    REMOTE_USER: user,
    REMOTE_ADDR: request.socket.remoteAddress ?? '',
  };
}

/** Takes the CGI head off the first bytes and hands it to the response. */
function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      status = parseInt(value, 10);
    } else if (colon > 0) {
      response.setHeader(name, value);
    }
  }
  response.writeHead(status);
}

/**
 * Answers a request of Git's smart HTTP protocol through `git http-backend`,
 * Git's own program for it. Resolves when the answer is complete.
 */
export function serveGit(options: {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** The path below the project root, beginning with a slash. */
  pathInfo: string;
  projectRoot: string;
  user: string;
  /** The running programs, so that a stop can end them. */
  children: Set<ChildProcess>;
}): Promise<void> {
  const { request, response, url, pathInfo, children } = options;
  return new Promise(resolve => {
    const child = spawn('git', ['http-backend'], {
      env: cgiEnvironment(
        request,
        url,
        pathInfo,
        options.projectRoot,
        options.user,
      ),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    children.add(child);
    let head: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on('data', (chunk: Buffer) => {
      if (head === undefined) {
        if (!response.write(chunk)) {
          child.stdout.pause();
        }
        return;
      }
      head = Buffer.concat([head, chunk]);
      const text = head.toString('latin1');
      const end = SEPARATOR.exec(text);
      if (end) {
        writeHead(response, text.slice(0, end.index));
        response.write(head.subarray(end.index + end[0].length));
        head = undefined;
      } else if (head.length > LONGEST_HEAD) {
        child.kill();
      }
    });
    response.on('drain', () => child.stdout.resume());
    response.on('close', () => child.kill());
    child.stdin.on('error', () => {});
    request.pipe(child.stdin);
    const settle = () => {
      children.delete(child);
      if (head !== undefined && !response.headersSent) {
        response.writeHead(500);
      }
      response.end();
      resolve();
    };
    child.on('error', settle);
    child.on('close', settle);
  });
}
