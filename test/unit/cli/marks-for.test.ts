import { expect, test } from 'vitest';
import { marksFor } from '../../../src/cli/marks-for.ts';
import { asciiMarks, unicodeMarks } from '../../../src/report/marks.ts';

test.each([
  [{}],
  [{ LANG: 'en_GB.UTF-8' }],
  [{ LANG: 'C.utf8', TERM: 'xterm-256color' }],
  [{ LANG: 'C', LC_ALL: 'de_DE.UTF-8' }],
  [{ LANG: 'ca_ES.UTF-8@valencia' }],
  [{ LC_ALL: '', LANG: 'en_US' }],
])('blocks for %j', (env) => {
  expect(marksFor({ env })).toBe(unicodeMarks);
});

test.each([
  [{ TERM: 'dumb', LANG: 'en_GB.UTF-8' }],
  [{ TERM: 'vt100' }],
  [{ LANG: 'C' }],
  [{ LC_CTYPE: 'POSIX', LANG: 'en_GB.UTF-8' }],
  [{ LANG: 'de_DE.ISO-8859-1' }],
  [{ LANG: 'de_DE.ISO-8859-15@euro' }],
])('digits for %j', (env) => {
  expect(marksFor({ env })).toBe(asciiMarks);
});
