import { TranslationRef } from '@backstage/core-plugin-api/alpha';

/** All texts of a ref in another language: one missing or too many is a type error. */
export type MessagesOf<TRef> = TRef extends TranslationRef<
  string,
  infer TMessages
>
  ? { [TKey in keyof TMessages]: string }
  : never;

/** Those of a ref's texts whose keys are, or begin with, one of the names. */
export type PartOf<TRef, TName extends string> = Pick<
  MessagesOf<TRef>,
  Extract<keyof MessagesOf<TRef>, TName | `${TName}.${string}`>
>;
