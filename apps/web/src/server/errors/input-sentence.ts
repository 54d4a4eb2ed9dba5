import { z, type ZodError } from 'zod';
import { issueWords } from './issue-words.ts';

// For all of this process: inputs of sagas and payloads of signals are checked by schemas elsewhere.
z.config({ customError: issueWords });

/** One sentence per wrong field, at most three: what a client needs to change. */
export function inputSentence(error: ZodError): string {
  const said = error.issues.slice(0, 3).map((issue) => {
    const field = issue.path.map(String).join('.') || 'input';
    return `${field}: ${lowerFirst(issue.message)}`;
  });
  const more = error.issues.length - said.length;
  return `Change the input. ${said.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
