import { SagaPage } from '@/features/saga-detail/saga-page.tsx';

export const metadata = { title: 'Saga' };

export default async function Page({ params }: { params: Promise<{ sagaId: string }> }) {
  const { sagaId } = await params;
  return <SagaPage sagaId={sagaId} />;
}
