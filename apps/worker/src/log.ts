/** One line per event, for people and for `grep`. Errors show their message, never parameters. */
export const log = {
  info(actor: string, message: string): void {
    console.log(`${new Date().toISOString()} ${actor} ${message}`);
  },
  error(actor: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(`${new Date().toISOString()} ${actor} ${text}`);
  },
};
