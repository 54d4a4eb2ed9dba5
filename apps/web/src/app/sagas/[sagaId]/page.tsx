import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SagaPage } from '@/features/saga-detail/saga-page.tsx';
import { isAbsent } from './is-absent.ts';

interface Props {
  readonly params: Promise<{ sagaId: string }>;
}

/** The browser keeps this title beside a page that is not found, so it has to be the right one. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { sagaId } = await params;
  return { title: (await isAbsent(sagaId)) ? 'No such saga' : 'Saga' };
}

export default async function Page({ params }: Props) {
  const { sagaId } = await params;
  if (await isAbsent(sagaId)) notFound();
  return <SagaPage sagaId={sagaId} />;
}
