import { SagasPage } from '@/features/sagas/sagas-page.tsx';

export const metadata = { title: 'Sagas' };

export default function Page() {
  return <SagasPage />;
}
