import '@/styles/globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Shell } from '@/features/shell/shell.tsx';
import { themeCookie, toTheme } from '@/lib/prefs/themes.ts';
import { Providers } from '@/lib/providers.tsx';
import { timesCookie, toTimesMode } from '@/lib/time/mode.ts';

export const metadata: Metadata = {
  title: { default: 'Counterstep', template: '%s · Counterstep' },
  description: 'Place orders, inject failures, watch every saga live.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

/** Theme and times come from cookies, so that the first paint is already right. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = toTheme(jar.get(themeCookie)?.value);
  return (
    <html lang="en" {...(theme !== 'system' && { 'data-theme': theme })}>
      <body>
        <Providers theme={theme} times={toTimesMode(jar.get(timesCookie)?.value)}>
          <Shell>{children}</Shell>
        </Providers>
      </body>
    </html>
  );
}
