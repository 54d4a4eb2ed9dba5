import { describe, expect, it } from 'vitest';
import { type Command, helpOf, readArguments } from './command.ts';
import { names, onOff, text, wholeNumber } from './option.ts';

const options = {
  only: names('some', ['happy', 'waiting']),
  rounds: wholeNumber('how often'),
  listed: wholeNumber('how many lines', { from: 0 }),
  report: text('FILE', 'where the counts go'),
  quick: onOff('less of it'),
};

describe('a command line', () => {
  it('may be empty', () => {
    expect(readArguments(options, [])).toEqual({ quick: false });
  });

  it('is read, past a double dash of the package manager', () => {
    const args = '-- --quick --rounds=7 --listed 0 --report a.json'.split(' ');
    expect(readArguments(options, [...args, '--only', 'waiting, happy'])).toEqual({
      only: ['waiting', 'happy'],
      rounds: 7,
      listed: 0,
      report: 'a.json',
      quick: true,
    });
  });

  it.each([
    [['--only', 'happy,sad'], '--only takes happy, waiting, not "sad".'],
    [['--rounds', '0'], '--rounds takes a whole number from 1 to 10000000, not "0".'],
    [['--rounds', '99999999999'], '--rounds takes a whole number from 1 to 10000000'],
    [['--rounds=-1'], 'not "-1".'],
    [['--rounds='], 'not "".'],
    [['--listed', '1.5'], '--listed takes a whole number from 0'],
    [['--listed', 'many'], 'not "many".'],
    [['--rounds'], '--rounds takes N.'],
    [['--report='], '--report takes a file.'],
    [['--quick=yes'], '--quick takes nothing.'],
    [['--fast'], 'There is no option --fast.'],
    [['--constructor'], 'There is no option --constructor.'],
    [['-q'], 'There is no option -q.'],
    [['happy'], 'It takes options only, not "happy".'],
  ])('says of %j what is wrong', (args, sentence) => {
    expect(() => readArguments(options, args)).toThrow(sentence);
  });

  it('helps with every option', () => {
    const command: Command<typeof options> = { name: 'pnpm try', does: 'tries', options };
    expect(helpOf(command).split('\n')).toEqual([
      'pnpm try: tries',
      '',
      '  --only NAMES   some, with commas between: happy, waiting',
      '  --rounds N     how often',
      '  --listed N     how many lines',
      '  --report FILE  where the counts go',
      '  --quick        less of it',
      '  --help         this',
    ]);
  });
});
