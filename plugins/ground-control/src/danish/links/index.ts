import type { groundControlLinksTranslationRef } from '../../linksTranslation';
import { MessagesOf } from '../types';
import { gateway } from './gateway';
import { states } from './states';
import { views } from './views';

const messages: MessagesOf<typeof groundControlLinksTranslationRef> = {
  ...states,
  ...views,
  ...gateway,
};

export default messages;
