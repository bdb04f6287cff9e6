import { expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

test.each([
  ['five pairs', ['--pairs', '5'], 'a whole number from 6 to 100'],
  ['pairs and rounds', ['--pairs', '8', '--rounds', '8'], 'Leave one of the two out.'],
  ['an unknown variant', ['--variants', 'erly'], 'Did you mean "early"?'],
  ['an unknown format', ['-o', 'noise.html'], '".html" is no format of a calibration'],
])('calibrate, %s: refused before an engine is asked for anything', async (_, options, message) => {
  const { exitCode, err, out } = await commandLine(['calibrate', 'tiny', ...options], { env: nowhere });
  expect(err).toContain(message);
  expect(out).toBe('');
  expect(exitCode).toBe(2);
});

test.each([
  ['five pairs', ['--pairs', '5'], 'a whole number from 6 to 100'],
  ['a link without a rate', ['--link', 'unshaped'], 'links of at most 100 Mbit/s'],
  ['a link that is too fast', ['--link', 'lan'], 'links of at most 100 Mbit/s'],
  ['an unknown plant', ['--plants', 'slow-lnk'], 'Did you mean "slow-link"?'],
])('selftest, %s: refused before an engine is asked for anything', async (_, options, message) => {
  const { exitCode, err, out } = await commandLine(['selftest', ...options], { env: nowhere });
  expect(err).toContain(message);
  expect(out).toBe('');
  expect(exitCode).toBe(2);
});
