/** How a list is sorted, as it says so itself. */
export const orderWords = {
  urgent: 'needs you first, then oldest',
  newest: 'newest first',
  oldest: 'oldest first',
  cause: 'by cause, oldest first',
} as const;
