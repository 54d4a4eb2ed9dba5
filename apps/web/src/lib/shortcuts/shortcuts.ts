export type Where = 'anywhere' | 'sagas' | 'saga' | 'palette';

interface Shortcut {
  readonly where: Where;
  /** Pressed together, as they are written on keys; `Mod` is Ctrl, on a Mac ⌘. */
  readonly keys: readonly string[];
  readonly does: string;
  /** What the browser does by itself with what has the focus: listed, and not listened for. */
  readonly isNative?: true;
}

/** Every shortcut that exists: what is listened for, and what the sheet under `?` lists. */
export const shortcuts = {
  palette: { where: 'anywhere', keys: ['Mod', 'K'], does: 'Find a saga, go to a page, act' },
  find: { where: 'anywhere', keys: ['/'], does: 'The same' },
  order: { where: 'anywhere', keys: ['N'], does: 'Place an order' },
  sheet: { where: 'anywhere', keys: ['?'], does: 'Show these shortcuts' },
  close: { where: 'anywhere', keys: ['Esc'], does: 'Close what lies on top', isNative: true },
  rowDown: { where: 'sagas', keys: ['J'], does: 'Next saga' },
  rowUp: { where: 'sagas', keys: ['K'], does: 'Saga before' },
  open: { where: 'sagas', keys: ['Enter'], does: 'Open it', isNative: true },
  choose: { where: 'sagas', keys: ['X'], does: 'Choose it' },
  chooseUpTo: {
    where: 'sagas',
    keys: ['Shift', 'X'],
    does: 'Choose all from the last chosen to here',
  },
  retry: { where: 'sagas', keys: ['R'], does: 'Retry the chosen' },
  skip: { where: 'sagas', keys: ['S'], does: 'Skip the chosen’s step' },
  moment: {
    where: 'saga',
    keys: ['Left', 'Right'],
    does: 'On the slider: one event back or on',
    isNative: true,
  },
  ends: {
    where: 'saga',
    keys: ['Home', 'End'],
    does: 'On the slider: first event, last event',
    isNative: true,
  },
  entry: {
    where: 'palette',
    keys: ['Up', 'Down'],
    does: 'Entry before, next entry',
    isNative: true,
  },
  run: { where: 'palette', keys: ['Enter'], does: 'Go there, or do it', isNative: true },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof shortcuts;

export const sections: readonly { readonly where: Where; readonly title: string }[] = [
  { where: 'anywhere', title: 'Anywhere' },
  { where: 'palette', title: 'In the palette' },
  { where: 'sagas', title: 'In the list of sagas' },
  { where: 'saga', title: 'On a saga' },
];

const listenedFor = (Object.entries(shortcuts) as [ShortcutId, Shortcut][]).filter(
  ([, { isNative }]) => !isNative,
);

type Press = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>;

/** The shortcut that a key is, among those of one place. */
export function shortcutOf(press: Press, where: Where): ShortcutId | undefined {
  return listenedFor.find(
    ([, shortcut]) => shortcut.where === where && isPressed(shortcut, press),
  )?.[0];
}

function isPressed({ keys }: Shortcut, press: Press): boolean {
  const { key, metaKey, ctrlKey, altKey, shiftKey } = press;
  if (altKey || (metaKey || ctrlKey) !== keys.includes('Mod')) return false;
  const last = keys.at(-1) ?? '';
  // Signs such as ? are typed with Shift on some keyboards and without it on others.
  const isLetter = /^[A-Z]$/.test(last);
  return key.toUpperCase() === last && (!isLetter || shiftKey === keys.includes('Shift'));
}

/** A lone letter or sign: what speech input may say by accident, so it can be switched off. */
export const isSingleKey = (id: ShortcutId): boolean =>
  shortcuts[id].keys.every((key) => key.length === 1 || key === 'Shift');
