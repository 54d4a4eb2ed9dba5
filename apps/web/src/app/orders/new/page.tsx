import { OrderPage } from '@/features/order-form/order-page.tsx';

export const metadata = { title: 'Place an order' };

/** `?style=both` opens the form with both styles chosen. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ style?: string | string[] }>;
}) {
  const { style } = await searchParams;
  return <OrderPage style={style === 'both' ? 'both' : 'orchestration'} />;
}
