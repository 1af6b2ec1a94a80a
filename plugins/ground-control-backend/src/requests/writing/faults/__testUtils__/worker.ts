import { runWorker } from './runWorker';

void runWorker();
