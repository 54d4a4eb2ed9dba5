/** As the server takes it. */
const lengthMax = 100;

/** What is meant by an id as pages show it: `saga_…e0b50fc` is found by its end, `e0b50fc`. */
export const searchText = (text: string): string =>
  text.trim().replace(/^(?:saga_)?(?:…|\.{3})?/iu, '');

/** Why nothing can match this text; the server is not asked. */
export function searchProblem(text: string): string | undefined {
  const { length } = text.trim();
  if (length > lengthMax) {
    return `A search has at most ${lengthMax} characters; this one has ${length}.`;
  }
  return isStorable(text)
    ? undefined
    : 'There is a character in this search that no saga can have.';
}

/** Text that Postgres can hold. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
