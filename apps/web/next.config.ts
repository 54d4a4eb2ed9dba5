import path from 'node:path';
import type { NextConfig } from 'next';

const repositoryRoot = path.join(import.meta.dirname, '../..');

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  transpilePackages: [
    '@counterstep/db',
    '@counterstep/example-trip',
    '@counterstep/saga-core',
    '@counterstep/services',
  ],
  // Opens sockets of its own; bundled, it would lose its Node conditions.
  serverExternalPackages: ['postgres'],
  turbopack: { root: repositoryRoot },
  outputFileTracingRoot: repositoryRoot,
  devIndicators: false,
  // Titles are known at once: they come in the head, for everybody, and not some time after the page.
  htmlLimitedBots: /.*/,
};

export default config;
