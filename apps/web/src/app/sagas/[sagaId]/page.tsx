import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { SagaPage } from '@/features/saga-detail/saga-page.tsx';
import { isAbsent } from './is-absent.ts';

export const metadata = { title: 'Saga' };

export default async function Page({ params }: { params: Promise<{ sagaId: string }> }) {
  const { sagaId } = await params;
  if (await isAbsent(sagaId, await headers())) notFound();
  return <SagaPage sagaId={sagaId} />;
}
