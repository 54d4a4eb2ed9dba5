import { OrderPage } from '@/features/order-form/order-page.tsx';

export const metadata = { title: 'Place an order' };

export default function Page() {
  return <OrderPage />;
}
