import type { IncomingMessage, ServerResponse } from 'node:http';
import { ClusterError } from '../clusters/EmbeddedCluster.ts';
import { CONTROLS } from './index.ts';
import { ControlError } from './types.ts';
import type { Control, ControlTarget } from './types.ts';

const LONGEST_BODY = 65_536;

async function readValues(
  request: IncomingMessage,
  control: Control,
): Promise<Record<string, string>> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > LONGEST_BODY) {
      throw new ControlError('The request is too long');
    }
  }
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(text || '{}') ?? {};
  } catch {
    throw new ControlError('The request is no JSON');
  }
  const known = [...control.arguments, ...Object.keys(control.options)];
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) {
      throw new ControlError(`${control.name} knows no "${name}"`);
    }
    values[name] = String(value);
  }
  for (const name of control.arguments) {
    if (!values[name]) {
      throw new ControlError(`${control.name} wants ${name}`);
    }
  }
  return values;
}

function answer(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

/**
 * Answers `POST /control/<name>` with a JSON body of the values, and
 * `GET /control/status`. The type of the body must be JSON: a page in
 * somebody's browser can't send that without asking first.
 */
export async function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  target: ControlTarget,
): Promise<void> {
  const name = url.pathname.slice('/control/'.length);
  const control = CONTROLS.find(candidate => candidate.name === name);
  if (!control) {
    answer(response, 404, { error: `There is no control "${name}"` });
    return;
  }
  const reading = request.method === 'GET' && name === 'status';
  const type = request.headers['content-type'] ?? '';
  if (
    !reading &&
    (request.method !== 'POST' || !/^application\/json/.test(type))
  ) {
    answer(response, 415, { error: 'POST it, as application/json' });
    return;
  }
  try {
    const values = await readValues(request, control);
    answer(response, 200, await control.run(target, values));
  } catch (error) {
    const known =
      error instanceof ControlError || error instanceof ClusterError;
    answer(response, known ? 400 : 500, { error: (error as Error).message });
  }
}
