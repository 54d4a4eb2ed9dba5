/** One browser that might do. */
export interface Candidate {
  /** Where it comes from, as the error message lists it. */
  readonly name: string;
  /** Undefined: the one that Playwright installed for itself. */
  readonly executablePath?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface LaunchOptions {
  readonly headless: true;
  readonly args: string[];
  readonly executablePath?: string;
  readonly env?: Record<string, string>;
}

export function launchOptions(candidate: Candidate): LaunchOptions {
  return {
    headless: true,
    args: launchArguments(),
    ...(candidate.executablePath ? { executablePath: candidate.executablePath } : {}),
    ...(candidate.env ? { env: { ...definedEnvironment(), ...candidate.env } } : {}),
  };
}

function launchArguments(): string[] {
  return [
    // Nothing but the dashboard is to be reached, and nothing else is waited for.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Containers have little shared memory; a page that needs more would crash.
    '--disable-dev-shm-usage',
    // Chromium's sandbox refuses to run as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

function definedEnvironment(): Record<string, string> {
  const defined = Object.entries(process.env).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  return Object.fromEntries(defined);
}
