import type { groundControlPagesTranslationRef } from '../../pagesTranslation';
import { MessagesOf } from '../types';
import { board } from './board';
import { clusters } from './clusters';
import { forms } from './forms';
import { general } from './general';
import { services } from './services';

const messages: MessagesOf<typeof groundControlPagesTranslationRef> = {
  ...general,
  ...board,
  ...clusters,
  ...forms,
  ...services,
};

export default messages;
