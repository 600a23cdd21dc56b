/** Turns a list written as text into a set of lower-case names. */
export const nameSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
