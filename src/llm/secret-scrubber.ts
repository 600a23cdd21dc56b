/** Removes secrets from text that leaves this folder: failure messages, logs, events. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 ***'],
  [/\b(sk|pk|rk|gsk|xai)[-_][A-Za-z0-9_*-]{8,}/g, '***'],
  [/\bAIza[A-Za-z0-9_-]{20,}/g, '***'],
  [/([?&](?:api[-_]?key|key|token|access_token)=)[^&\s"']+/gi, '$1***'],
  [/("?(?:api[-_]?key|authorization|x-api-key|x-goog-api-key)"?\s*[:=]\s*"?)[^\s",}]{4,}/gi, '$1***'],
];

/** Makes a function that blanks the given secrets, and anything shaped like a key. */
export function createScrubber(secrets: readonly (string | null)[]): (text: string) => string {
  const known = secrets
    .filter((secret): secret is string => secret !== null && secret.length >= 4)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of known) {
      clean = clean.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***');
    }
    for (const [shape, replacement] of SHAPES) clean = clean.replace(shape, replacement);
    return clean;
  };
}
