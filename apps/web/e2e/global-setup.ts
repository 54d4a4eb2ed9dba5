import { serveControl } from './stack/control-server.ts';
import { startE2eStack } from './stack/e2e-stack.ts';

/** Starts what the specs test, and returns what takes it all down again. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const stack = await startE2eStack(Number(process.env.COUNTERSTEP_E2E_PORT));
  const control = await serveControl(stack);
  process.env.COUNTERSTEP_E2E_CONTROL = control.url;
  process.env.COUNTERSTEP_E2E_DATABASE = stack.databaseUrl;
  return async () => {
    await control.close();
    await stack.stop();
  };
}
