import type { Command } from '../types.ts';
import { controlCommands } from './control.ts';
import { create } from './create.ts';
import { run } from './run.ts';

/** All commands, in the order of the help. */
export const COMMANDS: Command[] = [create, run, ...controlCommands];
