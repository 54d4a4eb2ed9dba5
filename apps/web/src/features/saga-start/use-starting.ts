'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPCClient } from '@/lib/trpc.ts';
import { useToast } from '@/ui/toast.tsx';

interface Failed {
  readonly message: string;
  readonly data?: unknown;
}

/** Starts what the form holds and goes to its page; a known key leads to the saga that it stands for. */
export function useStarting(definition: string) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const [sending, setSending] = useState(0);
  const [error, setError] = useState<Failed>();

  async function start(text: string, idempotencyKey: string): Promise<void> {
    setSending((n) => n + 1);
    setError(undefined);
    try {
      const { sagaId, duplicate } = await client.sagas.start.mutate({
        definition,
        input: parse(text),
        ...(idempotencyKey && { idempotencyKey }),
      });
      if (duplicate) {
        toast({
          icon: 'copy',
          title: 'Same saga, not a second one',
          detail: 'Its key was known; this is the saga that it stands for.',
        });
      }
      router.push(`/sagas/${sagaId}`);
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setSending((n) => n - 1);
    }
  }

  return { start, error, changed: () => setError(undefined), isSending: sending > 0 };
}

/** Says it as the server would, so that it is shown where the server's words are. */
class NotJsonError extends Error {
  readonly data = { reason: 'BAD_INPUT' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new NotJsonError(`input: is not JSON: ${said.replaceAll(';', ',')}`);
  }
}
