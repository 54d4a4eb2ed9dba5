import { LaunchPage } from '@/features/launch/launch-page.tsx';

export const metadata = { title: 'Launch' };

export default function Page() {
  return <LaunchPage />;
}
