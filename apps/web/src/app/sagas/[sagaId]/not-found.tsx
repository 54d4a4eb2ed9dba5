import { AbsentSagaPage } from '@/features/saga-detail/absent-saga-page.tsx';

export const metadata = { title: 'No such saga' };

export default function NotFound() {
  return <AbsentSagaPage />;
}
