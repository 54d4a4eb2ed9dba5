'use client';

import { useParams } from 'next/navigation';
import { SagaPage } from './saga-page.tsx';

/** The page itself under another HTTP status: it says what became of the saga, also of a retired one. */
export function AbsentSagaPage() {
  const { sagaId } = useParams<{ sagaId: string }>();
  return <SagaPage sagaId={sagaId} />;
}
