import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** A file of this folder in a process of its own, and the first that it says. */
export async function startProcess<Said>(
  file: string,
  options: object,
): Promise<{ said: Said; child: ChildProcess }> {
  const child = fork(
    join(import.meta.dirname, file),
    [JSON.stringify(options)],
    { execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'] },
  );
  const said = await new Promise<Said>((resolve, reject) => {
    child.once('message', message => resolve(message as Said));
    child.once('exit', code => reject(new Error(`${file} ended with ${code}`)));
  });
  return { said, child };
}
