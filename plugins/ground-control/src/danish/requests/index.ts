import type { groundControlRequestsTranslationRef } from '../../requestsTranslation';
import { MessagesOf } from '../types';
import { audit } from './audit';
import { decision } from './decision';
import { lists } from './lists';

const messages: MessagesOf<typeof groundControlRequestsTranslationRef> = {
  ...lists,
  ...decision,
  ...audit,
};

export default messages;
