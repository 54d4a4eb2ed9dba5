/** Where a message that is overdue has got to, as the end of a sentence. */
export const verdictWords: Readonly<Record<string, string>> = {
  'in-transit': 'it has not read that yet',
  'backing-off': 'its next attempt is overdue',
  'dead-lettered': 'it has given up',
  'not-emitted': 'that is behind it, and it neither acted nor put it aside',
};
