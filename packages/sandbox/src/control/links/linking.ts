import type { Control } from '../types.ts';
import { findLink } from './find.ts';

export const link: Control = {
  name: 'link',
  arguments: ['from', 'to'],
  options: {},
  description:
    'A cluster gets a Link with another, and mirrors what that exports',
  example: 'link gcp-dev-1 aws-prod-1',
  async run(target, values) {
    const { from, to, links } = findLink(target, values);
    await links.link(from, to);
    return { message: `${from} is linked with ${to}` };
  },
};

export const unlink: Control = {
  name: 'unlink',
  arguments: ['from', 'to'],
  options: {},
  description:
    'The Link of a cluster with another is deleted, and what was mirrored by it',
  example: 'unlink aws-prod-1 az-prod-1',
  async run(target, values) {
    const { from, to, links } = findLink(target, values);
    await links.unlink(from, to);
    return { message: `${from} is no longer linked with ${to}` };
  },
};
