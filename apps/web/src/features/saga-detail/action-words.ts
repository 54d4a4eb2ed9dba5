import type { Saga } from '@/lib/trpc.ts';
import type { IconName } from '@/ui/icon.tsx';

export type ActionName = Saga['actions'][number]['action'];

interface ActionText {
  readonly icon: IconName;
  readonly title: string;
  readonly note: string;
  /** The button's word. */
  readonly verb: string;
}

export function actionText(action: ActionName, { status, current, direction }: Saga): ActionText {
  const isBack = direction === 'compensation';
  const step = status === 'stuck' ? current?.step : undefined;
  const what = step ? ` ${isBack ? 'the undo of ' : ''}${step}` : '';
  switch (action) {
    case 'retry':
      return {
        icon: 'retry',
        title: `Retry${what} now`,
        note: 'Sends it again with the same key and a fresh budget.',
        verb: 'Retry now',
      };
    case 'skip':
      return {
        icon: 'skip',
        title: `Skip${what}`,
        note: isBack
          ? 'Leaves its effect as it is, finishes the other undos. Ends as resolved, never compensated.'
          : 'Goes on without it. Ends as resolved, never completed.',
        verb: 'Skip it',
      };
    case 'settle':
      return {
        icon: 'person',
        title: `Say what became of${what || ' a step'}`,
        note: 'For an outcome that nobody knows, but you do. Ends as resolved.',
        verb: 'Settle it',
      };
    case 'compensate':
      return {
        icon: 'left',
        title: 'Give up and walk back',
        note: 'Closes what is in doubt and undoes the rest.',
        verb: 'Walk back',
      };
    case 'resolve':
      return {
        icon: 'check',
        title: 'End it by hand',
        note: 'What is in doubt is closed first; nothing else is sent. Ends as resolved.',
        verb: 'End it',
      };
    case 'takeOver':
      return {
        icon: 'hub',
        title: 'Hand it to the orchestrator',
        note: 'Its services stop reacting to each other; a worker goes on from what they have done.',
        verb: 'Take it over',
      };
    case 'cancel':
      return {
        icon: 'ban',
        title: 'Cancel saga',
        note: 'Turns it back: each effect so far is undone.',
        verb: 'Cancel saga',
      };
    case 'pause':
      return {
        icon: 'pause',
        title: 'Pause',
        note: 'Sends nothing new. What is in flight finishes.',
        verb: 'Pause',
      };
    case 'resume':
      return { icon: 'play', title: 'Resume', note: 'Goes on where it stopped.', verb: 'Resume' };
  }
}
