import { redirect } from 'next/navigation';
import { SagasPage } from '@/features/sagas/sagas-page.tsx';
import { addressWithTab } from '@/features/sagas/status-as-tab.ts';

export const metadata = { title: 'Sagas' };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const address = addressWithTab(await searchParams);
  if (address) redirect(address);
  return <SagasPage />;
}
