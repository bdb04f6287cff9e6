import { expect, it } from 'vitest';
import { guessMainSource } from '../../../../src/scenario/from-dockerfiles/main-source.ts';
import { packageSources } from '../../../../src/scenario/from-dockerfiles/package-sources.ts';

it.each([
  [{ main: 'dist/index.js' }, ['src/index.ts', 'dist/index.js'], 'src/index.ts'],
  [{ main: './build/main.js' }, ['src/main.tsx'], 'src/main.tsx'],
  [{ main: 'lib/server.js' }, ['lib/server.js'], 'lib/server.js'],
  [{ main: 'lib/server.js' }, ['src/server.mts', 'lib/server.js'], 'src/server.mts'],
  [{ main: 'dist/src/app.js' }, ['src/app.ts'], 'src/app.ts'],
  [{ main: 'dist/cjs/app.cjs' }, ['src/app.ts'], 'src/app.ts'],
  [{ main: 'dist/app.js' }, ['app.ts'], 'app.ts'],
  [{ main: 'service.js' }, ['service.js'], 'service.js'],
  [{ main: 'service' }, ['service.js'], 'service.js'],
  [{ main: 'service' }, ['service/index.js'], 'service/index.js'],
  [{ main: 'service.js' }, ['service.ts'], 'service.ts'],
  [{ source: 'code/a.ts', main: 'dist/b.js' }, ['src/b.ts', 'code/a.ts'], 'code/a.ts'],
  [{ module: 'dist/a.mjs', main: 'dist/b.js' }, ['src/a.ts', 'src/b.ts'], 'src/a.ts'],
  [{ bin: { tool: 'dist/cli/tool.js' } }, ['src/cli/tool.ts'], 'src/cli/tool.ts'],
  [{ bin: 'bin/tool.js' }, ['bin/tool.js'], 'bin/tool.js'],
  [{ exports: { '.': { types: './dist/x.d.ts', import: './dist/x.js' } } }, ['src/x.ts'], 'src/x.ts'],
  [
    { main: 'index.js', scripts: { start: 'node --env-file=.env dist/web.js --port 80' } },
    ['src/web.ts'],
    'src/web.ts',
  ],
  [{ scripts: { 'start:prod': 'NODE_ENV=production node dist/main' } }, ['src/main.ts'], 'src/main.ts'],
  [{ scripts: { dev: 'tsx watch source/run.ts' } }, ['source/run.ts'], 'source/run.ts'],
])('%j with %j: %s', (manifest, files, expected) => {
  expect(packageSources(JSON.stringify(manifest)).find((path) => files.some((file) => file === path))).toBe(expected);
  expect(guessMainSource(new Set(files), JSON.stringify(manifest))).toEqual({ file: expected, from: 'package.json' });
});

it.each([
  ['no object', '[]'],
  ['no JSON', '{ main: x'],
  ['nothing of a source', '{ "name": "x", "scripts": { "start": 3 }, "main": null }'],
  ['paths from outside', '{ "main": "../x.js", "source": "/x.js", "exports": "./dist/*.js" }'],
])('has none for %s', (_, text) => {
  expect(packageSources(text)).toEqual([]);
});

it.each([
  [['README.md', 'index.html', 'server.js'], 'server.js'],
  [['index.html', 'src/main.tsx'], 'src/main.tsx'],
  [['app/page.tsx', 'next.config.js'], 'app/page.tsx'],
  [['manage.py', 'site/wsgi.py'], 'site/wsgi.py'],
  [['main.py', 'app.py'], 'main.py'],
  [['cmd/worker/main.go', 'cmd/api/main.go', 'go.mod'], 'cmd/api/main.go'],
  [['src/main.rs', 'Cargo.toml'], 'src/main.rs'],
  [
    ['src/main/java/com/acme/ShopApplication.java', 'src/main/java/com/acme/Cart.java'],
    'src/main/java/com/acme/ShopApplication.java',
  ],
  [['Shop/Program.cs', 'Shop/Shop.csproj'], 'Shop/Program.cs'],
  [['src/main.c', 'Makefile'], 'src/main.c'],
  [['public/index.php', 'public/index.html'], 'public/index.php'],
  [['html/index.html', 'html/style.css'], 'html/index.html'],
])('guesses in %j: %s', (files, file) => {
  expect(guessMainSource(new Set(files), null)).toEqual({ file, from: 'its name' });
});

it('guesses nothing where nothing has a usual name', () => {
  expect(guessMainSource(new Set(['a.txt', 'lib/b.py']), '{ "main": "gone.js" }')).toBeNull();
});
