import { StartPage } from '@/features/saga-start/start-page.tsx';

export const metadata = { title: 'Start a saga' };

export default function Page() {
  return <StartPage />;
}
