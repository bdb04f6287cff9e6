// Writes the site to dist/: every page of content/ in the layout, and the assets under names that change with their content,
// so that browsers may keep them for ever.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { marked } from 'marked';

const output = 'dist';

await rm(output, { recursive: true, force: true });
await mkdir(join(output, 'assets'), { recursive: true });

const assets = await copyAssets();
const layout = await readFile('layout/page.html', 'utf8');
const pages = (await Promise.all((await readdir('content')).sort().map(readPage))).sort(
  (left, right) => left.order - right.order,
);
for (const page of pages) await writeFile(join(output, page.file), renderPage(page));
console.log(`${pages.length} pages and ${assets.size} assets in ${output}/`);

/** @returns the public path of each asset by its own name */
async function copyAssets() {
  const paths = new Map();
  for (const name of await readdir('assets')) {
    const content = await readFile(join('assets', name));
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
    const extension = extname(name);
    const path = `assets/${basename(name, extension)}.${hash}${extension}`;
    await writeFile(join(output, path), content);
    paths.set(name, `/${path}`);
  }
  return paths;
}

/** A page is Markdown after a head of `key: value` lines between two lines of dashes. */
async function readPage(name) {
  const [, head = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(await readFile(join('content', name), 'utf8')) ?? [];
  const values = Object.fromEntries([...head.matchAll(/^(\w+):\s*(.*)$/gm)].map(([, key, value]) => [key, value]));
  if (!values.title) throw new Error(`content/${name} has no title`);
  return {
    file: `${basename(name, '.md')}.html`,
    title: values.title,
    order: Number(values.order ?? Number.POSITIVE_INFINITY),
    html: marked.parse(body),
  };
}

function renderPage(page) {
  const inMenu = pages.filter((other) => Number.isFinite(other.order));
  const menu = inMenu.map((other) => {
    const current = other === page ? ' aria-current="page"' : '';
    const path = other.file === 'index.html' ? '/' : `/${other.file}`;
    return `<li><a href="${path}"${current}>${escape(other.title)}</a></li>`;
  });
  const values = { title: escape(page.title), menu: menu.join('\n        '), content: page.html.trim() };
  return layout.replace(/\{\{(asset )?([\w.-]+)\}\}/g, (written, isAsset, name) => {
    const value = isAsset ? assets.get(name) : values[name];
    if (value === undefined) throw new Error(`layout/page.html: nothing to put in for ${written}`);
    return value;
  });
}

function escape(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
