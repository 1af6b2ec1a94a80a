import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/**
 * The texts of the mark in the portal's navigation, in English. Apart from the
 * others, because every page of the portal loads them.
 *
 * @public
 */
export const groundControlNavTranslationRef = createTranslationRef({
  id: 'plugin.ground-control.nav',
  messages: {
    item: '{{text}}, {{waiting}}',
    waiting_one: '{{count}} decision waiting',
    waiting_other: '{{count}} decisions waiting',
  },
});
