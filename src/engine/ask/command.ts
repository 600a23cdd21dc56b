/** Commands at the end of a question: `/regenerate`, `/analysis`, `/predict`, each with an optional record id. */

export type AskCommandName = 'regenerate' | 'analysis' | 'predict';

export interface AskCommand {
  readonly name: AskCommandName;
  readonly recordId: number | null;
}

const COMMAND = /(?:^|\s)\/(regenerate|analysis|predict)(?:\s+(\d{1,9}))?\s*$/i;
const ANY = /(?:^|\s)\/(?:regenerate|analysis|predict)(?=\s|$)/gi;

/** Null when the text is a plain question: no command, more than one, or text behind it. */
export function readCommand(question: string): AskCommand | null {
  if ((question.match(ANY) ?? []).length !== 1) return null;
  const match = COMMAND.exec(question);
  if (!match) return null;
  return {
    name: match[1]?.toLowerCase() as AskCommandName,
    recordId: match[2] === undefined ? null : Number(match[2]),
  };
}
