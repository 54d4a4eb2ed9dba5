import { expect, test } from 'vitest';
import { splitMessages } from './stream.ts';

test('whole messages are taken, the last one waits for its end', () => {
  const { messages, rest } = splitMessages('data: {"a":1}\n\nid: 7\ndata: {"b":2}\n\ndata: {"c"');
  expect(messages).toEqual(['{"a":1}', '{"b":2}']);
  expect(rest).toBe('data: {"c"');
});

test('what comes after joins it', () => {
  expect(splitMessages('data: {"c":3}\n\n')).toEqual({ messages: ['{"c":3}'], rest: '' });
});

test('comments and events without data are no messages', () => {
  expect(splitMessages(': ping\n\nevent: connected\n\n').messages).toEqual([]);
});
