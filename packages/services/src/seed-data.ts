/** More than any demonstration sells. */
const plenty = 1_000_000;

/** Home goods; prices in minor units. A few are scarce, so that orders can run into each other. */
export const seedProducts = [
  { sku: 'WAL-TRAY-02', name: 'Walnut serving tray', unitPrice: 4_900, onHand: plenty },
  { sku: 'LMP-BRS-01', name: 'Brass table lamp', unitPrice: 12_900, onHand: plenty },
  { sku: 'MUG-STN-04', name: 'Stoneware mug', unitPrice: 1_450, onHand: plenty },
  { sku: 'BWL-OAK-03', name: 'Oak salad bowl', unitPrice: 6_200, onHand: plenty },
  { sku: 'CUS-LIN-05', name: 'Linen cushion cover', unitPrice: 2_950, onHand: plenty },
  { sku: 'THR-WOL-01', name: 'Wool throw', unitPrice: 8_900, onHand: plenty },
  { sku: 'CND-BEE-06', name: 'Beeswax candle', unitPrice: 990, onHand: plenty },
  { sku: 'TWL-COT-08', name: 'Cotton tea towel', unitPrice: 1_190, onHand: plenty },
  { sku: 'KTL-ENM-02', name: 'Enamel kettle', unitPrice: 5_600, onHand: plenty },
  { sku: 'BRD-ASH-07', name: 'Ash chopping board', unitPrice: 3_850, onHand: plenty },
  { sku: 'VAS-GLS-03', name: 'Blown glass vase', unitPrice: 7_400, onHand: 12 },
  { sku: 'CLK-PND-01', name: 'Pendulum wall clock', unitPrice: 24_500, onHand: 5 },
  { sku: 'CHR-RAT-02', name: 'Rattan armchair', unitPrice: 38_900, onHand: 3 },
  { sku: 'RUG-JUT-04', name: 'Hand-woven jute rug', unitPrice: 15_900, onHand: 8 },
] as const;

/** Customers and what each may spend in one charge, minor units. */
export const seedAccounts = [
  { customerId: 'harbour-cafe', paymentLimit: 1_000_000 },
  { customerId: 'studio-north', paymentLimit: 750_000 },
  { customerId: 'linden-hotel', paymentLimit: 2_500_000 },
  { customerId: 'quay-bookshop', paymentLimit: 300_000 },
  { customerId: 'atelier-west', paymentLimit: 150_000 },
  { customerId: 'corner-kiosk', paymentLimit: 5_000 },
] as const;
