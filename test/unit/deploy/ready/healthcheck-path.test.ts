import { expect, test } from 'vitest';
import { healthcheckPath } from '../../../../src/deploy/ready/healthcheck-path.ts';

test.each([
  [['CMD-SHELL', 'curl -f http://localhost:3000/healthz || exit 1'], '/healthz'],
  [['CMD', 'wget', '-q', '--spider', 'localhost:3000/up?deep=1&all=yes'], '/up?deep=1&all=yes'],
  [['CMD', 'node', '-e', "fetch('http://127.0.0.1:3000/live#now').then(r => process.exit(r.ok ? 0 : 1))"], '/live'],
  [['CMD-SHELL', 'curl -f http://[::1]:3000/a|grep ok'], '/a'],
  [['CMD-SHELL', 'curl -f http://localhost:3000'], '/'],
  [['CMD-SHELL', 'curl -f http://localhost:9000/other; curl -f http://localhost:3000/own'], '/own'],
])('%j asks for %s', (command, path) => {
  expect(healthcheckPath(command, 3000)).toBe(path);
});

test.each([
  [['CMD-SHELL', 'curl -f http://localhost:8080/healthz']],
  [['CMD-SHELL', 'curl -kf https://localhost:3000/healthz']],
  [['CMD-SHELL', 'curl -f http://example.com:3000/healthz']],
  [['CMD', 'pg_isready', '-h', 'localhost']],
  [['CMD', '/bin/check']],
])('%j names no path of the app', (command) => {
  expect(healthcheckPath(command, 3000)).toBe('/');
});

test('without a port a URL means 80', () => {
  expect(healthcheckPath(['CMD-SHELL', 'curl -f http://localhost/healthz'], 80)).toBe('/healthz');
  expect(healthcheckPath(['CMD-SHELL', 'curl -f http://localhost/healthz'], 3000)).toBe('/');
});
