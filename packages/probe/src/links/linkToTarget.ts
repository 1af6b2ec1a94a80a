import type { Config } from '../config/types.ts';
import { host as hostSchema, label } from '../config/schema.ts';
import { cleanText } from '../lib/cleanText.ts';
import { parseDuration } from '../lib/duration.ts';
import { providerOf } from '../targets/providerOf.ts';
import type { Target } from '../types.ts';
import { linkSchema } from './schema.ts';

/** Links are written by others: none may make the probe a load. */
const SHORTEST_PERIOD_MS = 1_000;
const LONGEST_PERIOD_MS = 300_000;
const PATH = /^\/[\x21-\x7e]{0,1000}$/;

/** A target, or why a Link gives none. */
export type LinkVerdict = { target: Target } | { link: string; reason: string };

function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

function nameOf(link: unknown): string {
  const { metadata } = (link ?? {}) as { metadata?: Record<string, unknown> };
  const { namespace, name } = metadata ?? {};
  return cleanText(`${namespace ?? '?'}/${name ?? '?'}`, 130);
}

/**
 * What a Link says about its target's gateway, as a target of `http`. Its
 * timeout is bounded by the configured deadline: Linkerd's default of 30 s
 * would let half a minute pass before a dead link is seen.
 */
export function linkToTarget(
  link: unknown,
  config: Pick<Config, 'deadlineMs' | 'providers'>,
): LinkVerdict {
  const refuse = (reason: string) => ({ link: nameOf(link), reason });
  const parsed = linkSchema.safeParse(link);
  if (!parsed.success) {
    const [{ path }] = parsed.error.issues;
    return refuse(`its ${path.join('.') || 'form'} is missing or no text`);
  }
  const {
    targetClusterName: name,
    gatewayAddress,
    probeSpec,
  } = parsed.data.spec;
  if (!label.safeParse(name).success) {
    return refuse('its targetClusterName is no name');
  }
  const host = gatewayAddress.split(',')[0].trim();
  if (!hostSchema.safeParse(host).success) {
    return refuse('its gatewayAddress names no host');
  }
  const port = readPort(probeSpec.port);
  if (!port) return refuse('its probeSpec.port is no port');
  if (!PATH.test(probeSpec.path)) {
    return refuse('its probeSpec.path is no path');
  }
  const period = parseDuration(probeSpec.period);
  if (!period) return refuse('its probeSpec.period is no duration');
  const timeout = parseDuration(probeSpec.timeout ?? '') || Infinity;
  return {
    target: {
      name,
      provider: providerOf(name, config.providers),
      kind: 'http',
      host,
      port,
      path: probeSpec.path,
      expectStatus: [],
      freshConnections: true,
      intervalMs: Math.min(
        LONGEST_PERIOD_MS,
        Math.max(SHORTEST_PERIOD_MS, period),
      ),
      deadlineMs: Math.min(config.deadlineMs, timeout),
      origin: 'links',
    },
  };
}
