import { z } from 'zod';
import { cleanText } from '../../lib/cleanText';
import { Condition, ObjectRef } from './types';

// What Kubernetes and Flux write is well-formed; what stands in a cluster may
// have been written by anybody. A field that isn't what it should be is
// absent, and never costs us the object.

/** Longer ones name nothing in Kubernetes. */
const LONGEST_NAME = 253;
const LONGEST_MESSAGE = 500;
const LONGEST_TEXT = 300;
const LARGEST_COUNT = 1_000_000;
/** Objects of Flux have a handful; a list of thousands is nobody's. */
const MOST_CONDITIONS = 32;

// Objects that every commit changes are read by these, and not by zod, which
// takes many times as long: a commit that moves 40,000 Kustomizations would
// keep a core busy for seconds.

/** The fields of an object; undefined for anything else. */
export function readFields(
  value: unknown,
): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

export function readName(value: unknown): string | undefined {
  return typeof value === 'string' &&
    value !== '' &&
    value.length <= LONGEST_NAME &&
    isFit(value)
    ? value
    : undefined;
}

export function readText(value: unknown, max: number): string | undefined {
  return typeof value === 'string' ? ownText(value, max) : undefined;
}

export function readCount(value: unknown): number | undefined {
  return Number.isInteger(value) &&
    (value as number) >= 0 &&
    (value as number) <= LARGEST_COUNT
    ? (value as number)
    : undefined;
}

export function readTime(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const time = Date.parse(value);
  return time > 0 ? time : undefined;
}

/** For objects that are read rarely: a field that is absent when it is anything else. */
export function lenient<T extends z.ZodTypeAny>(schema: T) {
  return schema.optional().catch(undefined) as z.ZodCatch<z.ZodOptional<T>>;
}

/**
 * Cleaned and cut. The copy matters: a piece of a string keeps the whole in
 * memory, and the whole may be a megabyte.
 */
function ownText(text: string, max: number): string {
  const cut = cleanText(text.slice(0, max * 4), max);
  return text.length > max ? Buffer.from(cut).toString() : cut;
}

/** Control characters and halves of characters name nothing, and fit no column. */
const UNFIT = /\p{C}/u;

export function isFit(text: string): boolean {
  return !UNFIT.test(text);
}

export const nameField = z.string().min(1).max(LONGEST_NAME).refine(isFit);
export const messageField = z
  .string()
  .transform(it => ownText(it, LONGEST_MESSAGE));
export const countField = z.number().int().min(0).max(LARGEST_COUNT);

const STATUSES = ['True', 'False', 'Unknown'] as const;

/** Finds conditions by their type. */
export function readConditions(value: unknown): Map<string, Condition> {
  const found = new Map<string, Condition>();
  if (!Array.isArray(value)) return found;
  for (let at = 0; at < value.length && at < MOST_CONDITIONS; at += 1) {
    const one = readFields(value[at]);
    const type = readName(one?.type);
    const status = STATUSES.find(known => known === one?.status);
    if (!one || !type || !status) continue;
    const condition: Condition = {
      status,
      reason: readText(one.reason, LONGEST_TEXT) ?? '',
    };
    if (status !== 'True') {
      const message = readText(one.message, LONGEST_MESSAGE);
      if (message) condition.message = message;
    }
    const since = readTime(one.lastTransitionTime);
    if (since) condition.since = since;
    found.set(type, condition);
  }
  return found;
}

/** A label or annotation, where it is a text that isn't too long. */
export function readLabel(
  labels: Record<string, unknown> | undefined,
  key: string,
  max = LONGEST_NAME,
): string | undefined {
  const value = labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
  return typeof value === 'string' &&
    value !== '' &&
    value.length <= max &&
    isFit(value)
    ? value
    : undefined;
}

/** The object that `<prefix>/name` and `<prefix>/namespace` name. */
export function readOwner(
  labels: Record<string, unknown> | undefined,
  prefix: string,
): ObjectRef | undefined {
  const name = readLabel(labels, `${prefix}/name`);
  const namespace = readLabel(labels, `${prefix}/namespace`);
  return name && namespace ? { namespace, name } : undefined;
}

/** References, as `dependsOn` has them; without a namespace they mean their own. */
export function readRefs(
  value: unknown,
  namespace: string,
  most: number,
): ObjectRef[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, most).flatMap(one => {
    const ref = readFields(one);
    const name = readName(ref?.name);
    return name
      ? { namespace: readName(ref?.namespace) ?? namespace, name }
      : [];
  });
}

/** An image, as a pod's template names it. */
export function readImage(value: unknown): string | undefined {
  return typeof value === 'string' &&
    value.length <= LONGEST_TEXT &&
    isFit(value)
    ? value
    : undefined;
}
