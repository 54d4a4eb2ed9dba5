import type { z } from 'zod';

/** The contract of one service operation: its name and the shapes that cross the boundary. */
export interface OperationContract<Request = unknown, Response = unknown> {
  /** `service.verb`, unique in the system. */
  readonly name: string;
  readonly service: string;
  readonly request: z.ZodType<Request>;
  readonly response: z.ZodType<Response>;
}

/** Declares an operation. The service is the part of the name before the dot. */
export function operation<Request, Response>(contract: {
  name: `${string}.${string}`;
  request: z.ZodType<Request>;
  response: z.ZodType<Response>;
}): OperationContract<Request, Response> {
  const [service] = contract.name.split('.', 1);
  if (!service) throw new TypeError(`Operation name "${contract.name}" must be "service.verb".`);
  return { ...contract, service };
}
