import { expect, it } from 'vitest';
import { createScrubber } from './secret-scrubber.ts';

it('blanks configured secrets and whatever looks like a key, and leaves other words alone', () => {
  const scrub = createScrubber(['p@ss/word+1', null]);
  const dirty = [
    'got p@ss/word+1 and p%40ss%2Fword%2B1',
    'Authorization: Bearer abcdefghij.klmnop',
    'Incorrect API key provided: sk-proj-abcdefgh12345',
    'https://x/y?key=AbCdEf123&z=1',
    '{"x-api-key":"whatever-it-is"}',
  ].join('\n');
  const clean = scrub(dirty);
  for (const secret of ['p@ss', 'p%40ss', 'abcdefghij', 'sk-proj', 'AbCdEf123', 'whatever']) {
    expect(clean).not.toContain(secret);
  }
  expect(clean).toContain('z=1');
  expect(scrub('unknown column key_product_name of table tokens')).toBe(
    'unknown column key_product_name of table tokens',
  );
});
