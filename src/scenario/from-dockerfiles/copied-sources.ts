import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { Add, Copy, DockerfileParser, type Instruction, Run } from 'dockerfile-ast';
import { maskForParser } from '../dockerfile.ts';
import { isFolder } from '../on-disk.ts';

/** What the Dockerfile takes from its context by `COPY`, `ADD` and bind mounts, as far as it can be told. */
export function copiedSources(text: string): string[] {
  const sources = DockerfileParser.parse(maskForParser(text))
    .getInstructions()
    .flatMap((instruction) => {
      if (instruction instanceof Copy || instruction instanceof Add) return sourcesOfCopy(instruction);
      return instruction instanceof Run ? instruction.getFlags().flatMap((flag) => sourceOfMount(flag.getValue())) : [];
    });
  return sources.filter((source) => !/^\w+:\/\/|^git@|\$|<</.test(source));
}

function sourcesOfCopy(instruction: Copy | Add): string[] {
  if (instruction.getFlags().some((flag) => flag.getName() === 'from')) return [];
  if (instruction instanceof Copy && instruction.getHeredocs().length > 0) return [];
  return wordsOf(instruction).slice(0, -1);
}

function wordsOf(instruction: Instruction): string[] {
  const content = instruction.getArgumentsContent() ?? '';
  try {
    const words: unknown = JSON.parse(content);
    if (Array.isArray(words)) return words.map(String);
  } catch {
    // The shell form.
  }
  return instruction.getArguments().map((argument) => argument.getValue().replace(/^"(.*)"$/, '$1'));
}

/** `type=bind,source=package.json,target=…` without a `from`. */
function sourceOfMount(mount: string | null): string[] {
  const settings = new Map<string, string | undefined>();
  for (const setting of (mount ?? '').split(',')) {
    const [name = '', value] = setting.split('=', 2);
    settings.set(name, value);
  }
  const source = settings.get('source') ?? settings.get('src');
  const type = settings.get('type') ?? 'bind';
  return type === 'bind' && !settings.has('from') && source !== undefined ? [source] : [];
}

/** Whether the folder has what a source names: a wild card in the last part is looked for, one before it is taken to be right. */
export function holdsSource(folder: string, source: string): boolean {
  const path = join(folder, source);
  if (!/[*?[]/.test(source)) return existsSync(path);
  const parent = dirname(path);
  if (/[*?[]/.test(relative(folder, parent))) return true;
  const pattern = new RegExp(`^${basename(path).replace(globPart, globToExpression)}$`);
  return isFolder(parent) && readdirSync(parent).some((name) => pattern.test(name));
}

const globPart = /\[[^\]]+\]|[*?]|[.+^${}()|[\]\\]/g;

function globToExpression(part: string): string {
  if (part === '*') return '.*';
  return part === '?' || part.length > 1 ? '.' : `\\${part}`;
}
