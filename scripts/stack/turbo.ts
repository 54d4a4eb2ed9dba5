import path from 'node:path';
import { repository } from './paths.ts';

export function turboBinary(): string {
  const suffix = process.platform === 'win32' ? '.cmd' : '';
  return path.join(repository, 'node_modules/.bin', `turbo${suffix}`);
}

export function turboEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    // The command that brought us here has installed already; each task would look again.
    npm_config_verify_deps_before_run: 'false',
    pnpm_config_verify_deps_before_run: 'false',
  };
}
