import { parentPort, workerData } from 'node:worker_threads';
import { DefaultWan } from './DefaultWan.ts';
import type { WanAnswer, WanCall } from './WanThread.ts';

const wan = new DefaultWan(workerData);

parentPort!.on('message', ({ id, method, values }: WanCall) => {
  const answer = (message: Omit<WanAnswer, 'id'>) =>
    parentPort!.postMessage({ id, ...message });
  // The types of the values were checked where the call was made.
  (wan[method] as (...given: unknown[]) => Promise<unknown>)(...values).then(
    result => answer({ result }),
    error => answer({ error: (error as Error).message }),
  );
});
