import type { Target } from '../types.ts';
import { http } from './http.ts';
import { tcp } from './tcp.ts';
import type { ProbeKind } from './types.ts';

/** All kinds; a new one is a file here, a line here and a schema. */
export const PROBE_KINDS: Record<Target['kind'], ProbeKind> = { http, tcp };
