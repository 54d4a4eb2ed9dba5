'use client';

import { useRouter } from 'next/navigation';
import { activeRules, presets } from '@/features/failures/presets.ts';
import { useFaults } from '@/features/failures/use-faults.ts';
import { plural } from '@/lib/format.ts';
import { useTheme } from '@/lib/prefs/theme.tsx';
import { themes } from '@/lib/prefs/themes.ts';
import { timesModes } from '@/lib/time/mode.ts';
import { useTimes } from '@/lib/time/times.tsx';
import { useToast } from '@/ui/toast.tsx';
import { mainPlaces, morePlaces } from '../places.ts';
import { themeLooks } from '../theme-looks.ts';
import type { Command } from './command.ts';

/** Everything that the palette can do, beside finding sagas. */
export function useCommands(openSheet: () => void): readonly Command[] {
  return [...useGoing(), ...useDoing(), ...useBreaking(), ...useLooking(openSheet)];
}

function useGoing(): readonly Command[] {
  const router = useRouter();
  return [...mainPlaces, ...morePlaces].map(({ href, word, icon }) => ({
    id: `go ${href}`,
    group: 'Go to',
    icon,
    word,
    run: () => router.push(href),
  }));
}

function useDoing(): readonly Command[] {
  const router = useRouter();
  return [
    {
      id: 'order',
      group: 'Do',
      icon: 'plus',
      word: 'Place an order',
      also: 'new buy',
      shortcut: 'order',
      run: () => router.push('/orders/new'),
    },
    {
      id: 'start',
      group: 'Do',
      icon: 'play',
      word: 'Start a saga',
      note: 'of any definition',
      also: 'new',
      run: () => router.push('/sagas/new'),
    },
    {
      id: 'launch',
      group: 'Do',
      icon: 'stack',
      word: 'Launch many orders',
      also: 'load batch',
      run: () => router.push('/launch'),
    },
    {
      id: 'stuck',
      group: 'Do',
      icon: 'stuck',
      word: 'See what is stuck',
      note: 'by its cause',
      also: 'waits person retry',
      run: () => router.push('/sagas?tab=stuck'),
    },
  ];
}

/** Presets on and off, as on the page of failures: nothing is said before the server has confirmed it. */
function useBreaking(): readonly Command[] {
  const { faults, toggle, clearAll, isBusy } = useFaults();
  const toast = useToast();
  const busy = isBusy ? 'the last change is on its way' : undefined;
  const switches = presets.map((preset): Command => {
    const isOn = activeRules(preset, faults) !== undefined;
    const done = { icon: 'bolt', title: `${preset.word}: ${isOn ? 'off' : 'on'}` } as const;
    return {
      id: `preset ${preset.id}`,
      group: 'Break',
      icon: 'bolt',
      word: isOn ? `Stop: ${preset.word}` : preset.word,
      note: preset.note,
      also: 'fault preset failure inject',
      refusal: busy,
      run: () =>
        void toggle.mutateAsync(preset).then(
          () => toast({ ...done, ...(!isOn && { detail: preset.note, href: '/failures' }) }),
          // Told by `useFaults`.
          () => undefined,
        ),
    };
  });
  return [
    ...switches,
    {
      id: 'clear',
      group: 'Break',
      icon: 'check',
      word: 'Clear all faults',
      ...(faults.length > 0 && { note: plural(faults.length, 'fault') }),
      also: 'stop remove failures',
      refusal: faults.length === 0 ? 'no fault is active' : busy,
      run: clearAll,
    },
  ];
}

const timesWords = {
  utc: { word: 'Times in UTC', also: 'zone clock' },
  local: { word: 'Times as here', also: 'local zone clock' },
  ago: { word: 'Times as how long ago', also: 'relative clock' },
} as const;

function useLooking(openSheet: () => void): readonly Command[] {
  const { theme, setTheme } = useTheme();
  const { mode, setMode } = useTimes();
  const isSo = 'it is so now';
  return [
    ...themes.map((each): Command => ({
      id: `theme ${each}`,
      group: 'Look',
      icon: themeLooks[each].icon,
      word: `Theme: ${themeLooks[each].word}`,
      also: 'mode colour appearance',
      refusal: each === theme ? isSo : undefined,
      run: () => setTheme(each),
    })),
    ...timesModes.map((each): Command => ({
      id: `times ${each}`,
      group: 'Look',
      icon: 'clock',
      ...timesWords[each],
      refusal: each === mode ? isSo : undefined,
      run: () => setMode(each),
    })),
    {
      id: 'shortcuts',
      group: 'Look',
      icon: 'keys',
      word: 'Shortcuts',
      also: 'keyboard keys help',
      shortcut: 'sheet',
      run: openSheet,
    },
  ];
}
