import type { EventContract, Message } from './message.ts';

export type EventProblem = 'UNKNOWN_TYPE' | 'UNKNOWN_VERSION' | 'BAD_DATA';

/** A message that does not fit the contract of its event. No other attempt will find it better. */
export class EventError extends Error {
  override readonly name = 'EventError';
  readonly code: EventProblem;

  constructor(code: EventProblem, message: string) {
    super(message);
    this.code = code;
  }
}

type Envelope = Pick<Message, 'type' | 'version' | 'service' | 'data'>;

/**
 * What a message carries, as the contract of its event describes it. To be called where the message
 * is received, whoever sent it.
 *
 * @throws EventError UNKNOWN_VERSION for another version than the contract's, BAD_DATA naming the
 * path of each member that does not fit, UNKNOWN_TYPE for another event
 */
export function readEvent<Data>(contract: EventContract<Data>, message: Envelope): Data {
  const { type, version, service } = contract;
  if (message.type !== type) {
    throw new EventError('UNKNOWN_TYPE', `Expected ${type}, but this is ${message.type}.`);
  }
  if (message.version !== version) {
    throw new EventError(
      'UNKNOWN_VERSION',
      `${type} came from "${message.service}" in version ${message.version}; the code that reads it ` +
        `knows version ${version} of "${service}".`,
    );
  }
  const read = contract.data.safeParse(message.data);
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, message: what }) => `${pathText(path)}: ${what}`);
  throw new EventError(
    'BAD_DATA',
    `${type} from "${message.service}" has data that version ${version} does not allow. ${issues.join('; ')}`,
  );
}

/** `data.order.lines[0].sku` */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`),
    'data',
  );
}
