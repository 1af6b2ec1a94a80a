import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MemoryObjectStore } from '../store/MemoryObjectStore.ts';
import type { Target } from './parseTarget.ts';

/** A request for objects that was let through. */
export interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  target: Target;
  query: URLSearchParams;
  store: MemoryObjectStore;
}
