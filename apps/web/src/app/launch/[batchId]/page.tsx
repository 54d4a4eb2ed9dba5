import { BatchPage } from '@/features/launch/batch-page.tsx';

export const metadata = { title: 'Launch' };

export default async function Page({ params }: { params: Promise<{ batchId: string }> }) {
  const { batchId } = await params;
  return <BatchPage batchId={batchId} />;
}
