import { packageSources } from './package-sources.ts';

const scriptExtensions = ['ts', 'tsx', 'mts', 'js', 'jsx', 'mjs', 'cjs'];
const scriptStems = [
  ...['src/index', 'src/main', 'src/server', 'src/app', 'index', 'server', 'app', 'main'],
  ...['src/app/page', 'app/page', 'src/pages/index', 'pages/index'],
];

/** Where an app's main source usually lies, the most usual first. Of several that fit a pattern the first by name counts. */
const usualSources: readonly (string | RegExp)[] = [
  ...scriptStems.flatMap((stem) => scriptExtensions.map((extension) => `${stem}.${extension}`)),
  ...['src/routes/+page.svelte', 'app.vue', 'src/App.vue'],
  ...['main.py', 'app.py', 'server.py', 'src/main.py', 'src/app.py', 'app/main.py', 'app/__init__.py', 'wsgi.py'],
  /^(src\/)?[^/]+\/(main|wsgi|asgi|__main__)\.py$/,
  'main.go',
  /^cmd\/[^/]+\/main\.go$/,
  'src/main.rs',
  /^(crates\/)?[^/]+\/src\/main\.rs$/,
  ...['app.rb', 'main.rb', 'config.ru', 'config/application.rb'],
  /^src\/main\/(java|kotlin|scala)\/(.*\/)?\w*(Application|Main|App)\.(java|kt|scala)$/,
  'Program.cs',
  /^(src\/)?[^/]+\/Program\.cs$/,
  ...['main.c', 'src/main.c', 'main.cpp', 'src/main.cpp', 'main.cc', 'src/main.cc'],
  ...['public/index.php', 'index.php', 'src/index.php'],
  /^lib\/[^/]+\/application\.ex$/,
  ...['index.html', 'public/index.html', 'src/index.html', 'static/index.html', 'html/index.html', 'site/index.html'],
];

export interface MainSource {
  readonly file: string;
  /** What it was guessed from: completes "guessed from …". */
  readonly from: string;
}

/**
 * The file of an app's source that a code edit would most likely change, out of `files` (paths from the context, with `/`). `manifest` is
 * the text of its package.json, null where there is none.
 */
export function guessMainSource(files: ReadonlySet<string>, manifest: string | null): MainSource | null {
  const named = manifest === null ? undefined : packageSources(manifest).find((path) => files.has(path));
  if (named !== undefined) return { file: named, from: 'package.json' };
  const sorted = [...files].sort((one, other) => (one < other ? -1 : 1));
  for (const usual of usualSources) {
    const file =
      typeof usual === 'string' ? (files.has(usual) ? usual : undefined) : sorted.find((path) => usual.test(path));
    if (file !== undefined) return { file, from: 'its name' };
  }
  return null;
}
