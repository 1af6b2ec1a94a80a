import { runWorker } from '../../../../requests/writing/faults/__testUtils__/runWorker';
import { makeAccessWriter } from './makeAccessWriter';

void runWorker(options => [makeAccessWriter(options)]);
