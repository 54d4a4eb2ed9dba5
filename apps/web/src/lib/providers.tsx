'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from '@trpc/client';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { keepNewer } from '@/lib/live/apply.ts';
import { LiveProvider } from '@/lib/live/provider.tsx';
import { ThemeProvider } from '@/lib/prefs/theme.tsx';
import type { Theme } from '@/lib/prefs/themes.ts';
import { TRPCProvider } from '@/lib/trpc.ts';
import { TimesProvider } from '@/lib/time/times.tsx';
import type { AppRouter } from '@/server/routers/index.ts';
import { ToastProvider } from '@/ui/toast.tsx';
import type { TimesMode } from './time/mode.ts';

const url = '/api/trpc';

function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: splitLink({
          condition: ({ context }) => context['alone'] === true,
          true: httpLink({ url }),
          // The server refuses larger batches.
          false: httpBatchLink({ url, maxItems: 10 }),
        }),
      }),
    ],
  });
}

/** A request that is wrong stays wrong; anything else is tried once more. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  const status = isApiError(error) ? error.data?.httpStatus : undefined;
  return failures < 1 && (status === undefined || status >= 500);
}

function isApiError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError;
}

function createQueryClient() {
  const client = new QueryClient({
    defaultOptions: {
      // The stream keeps data fresh; what it does not carry is read again when a page opens.
      queries: { staleTime: 2_000, retry: isWorthRetrying, refetchOnWindowFocus: false },
    },
  });
  client.setQueryDefaults([['sagas', 'events']], { structuralSharing: keepNewer.events });
  client.setQueryDefaults([['sagas', 'get']], { structuralSharing: keepNewer.saga });
  return client;
}

interface ProvidersProps {
  readonly theme: Theme;
  readonly times: TimesMode;
  readonly children: ReactNode;
}

export function Providers({ theme, times, children }: ProvidersProps) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <ThemeProvider initial={theme}>
          <TimesProvider initial={times}>
            <ToastProvider>
              <LiveProvider>
                <NuqsAdapter>{children}</NuqsAdapter>
              </LiveProvider>
            </ToastProvider>
          </TimesProvider>
        </ThemeProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
