import { binary } from '../stack/command.ts';
import type { Job } from './job.ts';

/** What is asked of the code without running it. */
export const checks: readonly Job[] = [
  {
    label: 'Types',
    detail: 'tsc for each package',
    command: binary('turbo'),
    args: ['run', 'typecheck', 'typecheck:root', '--continue', '--output-logs=errors-only'],
  },
  { label: 'Format', detail: 'prettier', command: binary('prettier'), args: ['--check', '.'] },
  {
    label: 'Lint',
    detail: 'oxlint, type-aware',
    command: binary('oxlint'),
    args: ['--max-warnings=0'],
  },
  { label: 'Dead code', detail: 'knip', command: binary('knip'), args: ['--no-progress'] },
];
