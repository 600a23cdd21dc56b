const MAX_LENGTH = 10_000;

/**
 * Makes a question safe to scan: full-width letters and digits become plain, control characters become
 * spaces, exotic spaces and quotes their plain forms; at most 10,000 characters remain. Never throws.
 */
export function normalizeQuestion(question: string): string {
  let text = question.length > MAX_LENGTH ? question.slice(0, MAX_LENGTH) : question;
  text = text.toWellFormed().normalize('NFKC');
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u00a0\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff]/g, ' ')
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„″]/g, '"')
    .slice(0, MAX_LENGTH);
}
