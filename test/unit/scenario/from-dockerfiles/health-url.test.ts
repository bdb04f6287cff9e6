import { expect, it } from 'vitest';
import { healthUrlOf } from '../../../../src/scenario/from-dockerfiles/health-url.ts';

const env = new Map([
  ['PORT', '8080'],
  ['TOKEN', 'secret'],
  ['WORD', 'web'],
]);

it.each([
  ['curl -f http://localhost:3000/health || exit 1', '/health', 3000],
  ['curl --fail --silent http://127.0.0.1:3000/health?deep=1', '/health?deep=1', 3000],
  ['curl -f "http://localhost:3000/health?a=1&b=2" || exit 1', '/health?a=1&b=2', 3000],
  ['curl -f http://localhost:3000/health&& true', '/health', 3000],
  ['curl -fsS http://localhost/ || exit 1', '/', 80],
  ['curl -f localhost:3000', '/', 3000],
  ['wget -qO- http://localhost:3000/healthz', '/healthz', 3000],
  ['wget --no-verbose --tries=1 --spider localhost:3000/up || exit 1', '/up', 3000],
  ['["curl", "-f", "http://localhost:3000/health?a=1&b=2"]', '/health?a=1&b=2', 3000],
  ['["sh", "-c", "curl -f http://localhost:3000/health || exit 1"]', '/health', 3000],
  [`node -e "fetch('http://localhost:3000/healthz').then(r => process.exit(r.ok ? 0 : 1))"`, '/healthz', 3000],
  [
    `["node", "-e", "require('http').get('http://[::1]:3000/x', r => process.exit(r.statusCode === 200 ? 0 : 1))"]`,
    '/x',
    3000,
  ],
  ['node -e "fetch(\\"http://localhost:3000/x\\")"', '/x', 3000],
  [`node -e "fetch(\`http://localhost:\${process.env.PORT || 3000}/healthz\`)"`, '/healthz', null],
  [`python -c "import urllib.request; urllib.request.urlopen('http://0.0.0.0:8000/ready/')"`, '/ready/', 8000],
  ['curl -f http://localhost:$PORT/health', '/health', 8080],
  [`curl -f http://localhost:\${PORT:-3000}/health`, '/health', 8080],
  [`curl -f http://localhost:\${GONE:-3000}/health`, '/health', 3000],
  ['curl -f http://localhost:$WORD/health', '/health', null],
  ['curl -f http://localhost:3000/health#top', '/health', 3000],
])('%s', (command, path, port) => {
  expect(healthUrlOf(command, env)).toEqual({ path, port });
});

it.each([
  ['no URL', 'pg_isready -h localhost -p 5432'],
  ['a connection alone', 'nc -z localhost 3000'],
  ['another host', 'curl -f http://db:3000/health'],
  ['a host that only begins so', 'curl -f http://localhost.example:3000/'],
  ['TLS', 'curl -fk https://localhost:3000/health'],
  ['a header', 'curl -f -H "Host: app" http://localhost:3000/health'],
  ['a header in a list', '["curl", "-H", "X: 1", "http://localhost:3000/health"]'],
  ['another method', 'curl -fsX POST http://localhost:3000/health'],
  ['a password', 'curl -f --user a:b http://localhost:3000/health'],
  ['a header for wget', 'wget --header="Host: app" http://localhost:3000/health'],
  ['headers in a script', `node -e "fetch('http://localhost:3000/', { headers: { a: 'b' } })"`],
  ['a path that a shell fills in', 'curl -f http://localhost:3000/health?key=$TOKEN'],
  ['a path that a script goes on with', `node -e "fetch('http://localhost:3000/' + path)"`],
  ['a host that a script goes on with', `node -e "fetch('http://localhost:' + process.env.PORT + '/healthz')"`],
])('is none for %s', (_, command) => {
  expect(healthUrlOf(command, env)).toBeNull();
});
