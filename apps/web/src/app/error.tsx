'use client';

import { Failure } from '@/ui/states.tsx';

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <>
      <h1>This page failed</h1>
      <Failure error={error} retry={reset} />
    </>
  );
}
