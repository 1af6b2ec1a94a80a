import type { groundControlNavTranslationRef } from '../navTranslation';
import { MessagesOf } from './types';

const messages: MessagesOf<typeof groundControlNavTranslationRef> = {
  item: '{{text}}, {{waiting}}',
  waiting_one: '{{count}} afgørelse venter',
  waiting_other: '{{count}} afgørelser venter',
};

export default messages;
