import { tabIds } from './tabs.ts';

type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Where `?status=stuck` leads, which is what everybody types: to the tab of that name. Undefined for
 * addresses that stay as they are.
 */
export function addressWithTab({ status, ...others }: Given): string | undefined {
  const tab = tabIds.find((id) => id === status);
  if (tab === undefined || others['tab'] !== undefined) return undefined;
  const search = new URLSearchParams({ tab });
  for (const [name, values] of Object.entries(others)) {
    for (const value of [values ?? []].flat()) search.append(name, value);
  }
  return `/sagas?${search}`;
}
