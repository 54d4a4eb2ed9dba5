/** Sagas in one file at the most: some 40 MB. More are found by a narrower filter. */
export const exportMax = 50_000;
