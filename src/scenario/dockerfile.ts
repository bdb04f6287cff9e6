import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Copy, type Dockerfile, DockerfileParser, type Instruction, Keyword, Run } from 'dockerfile-ast';
import { DeployclockError, messageOf } from '../errors.ts';
import { type BuildSettings, baseImagesOf, placeOf } from './base-images.ts';
import { nearestWord } from './nearest-word.ts';
import type { Variant } from './scenario.ts';
import { errorAt, type Place, type Source } from './source-excerpt.ts';

interface DockerfileInstruction {
  /** In upper case. */
  readonly keyword: string;
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** As written, with its continued lines and heredocs. */
  readonly text: string;
}

/** What is known of a Dockerfile without building it. */
export interface DockerfileFacts {
  readonly text: string;
  /** Images that the build fetches before it can begin; none of them twice. */
  readonly baseImages: readonly string[];
  /** The image of a `# syntax=` line, which BuildKit fetches too; null where there is none. */
  readonly syntaxImage: string | null;
  readonly instructions: readonly DockerfileInstruction[];
}

const keywords: readonly string[] = Object.values(Keyword);

/** The builder's architecture: nodes run on this machine. */
export const architecture = process.arch === 'x64' ? 'amd64' : process.arch;

/**
 * Reads the Dockerfile at `path`, which messages name relative to `cwd`. It finds what would stop a build at once; what the steps do is
 * BuildKit's to judge.
 * @throws DeployclockError DOCKERFILE_NOT_FOUND; DOCKERFILE_INVALID with `file:line:col` and excerpt
 */
export function readDockerfile(
  path: string,
  cwd: string,
  buildArgs: Variant['buildArgs'] = {},
  target: Variant['target'] = null,
): DockerfileFacts {
  const displayPath = relative(cwd, path);
  const text = readText(path, displayPath);
  return parseDockerfile({ path: displayPath, text }, { buildArgs, target, architecture });
}

/** As `readDockerfile`, for a text that has been read already. */
export function parseDockerfile(source: Source, settings: BuildSettings): DockerfileFacts {
  const dockerfile = DockerfileParser.parse(maskForParser(source.text));
  const instructions = dockerfile.getInstructions();
  const mistake = mistakeIn(instructions);
  if (mistake !== null) throw errorAt('DOCKERFILE_INVALID', source, mistake.place, mistake.message);
  return {
    text: source.text,
    baseImages: baseImagesOf(dockerfile, source, settings),
    syntaxImage: syntaxImageOf(dockerfile),
    instructions: instructions.map((instruction) => describe(instruction, source.text)),
  };
}

interface Mistake {
  readonly place: Place;
  readonly message: string;
}

/** The first thing that would stop BuildKit's own parser, or null. */
function mistakeIn(instructions: readonly Instruction[]): Mistake | null {
  const [start] = instructions;
  if (start === undefined) return { place: { line: 1, column: 1 }, message: 'the Dockerfile has no instructions' };
  const unknown = instructions.find((instruction) => !keywords.includes(instruction.getKeyword()));
  if (unknown !== undefined) {
    const nearest = nearestWord(unknown.getKeyword(), keywords);
    const help = nearest === null ? '' : `: did you mean ${nearest}?`;
    return { place: placeOf(unknown), message: `unknown instruction "${unknown.getInstruction()}"${help}` };
  }
  const first = instructions.find((instruction) => instruction.getKeyword() !== Keyword.ARG);
  if (first === undefined) return { place: placeOf(start), message: 'there is no FROM' };
  if (first.getKeyword() !== Keyword.FROM) {
    return { place: placeOf(first), message: `${first.getKeyword()} comes before FROM: only ARG may` };
  }
  const endless = instructions.find(hasEndlessHeredoc);
  return endless === undefined ? null : { place: placeOf(endless), message: 'a heredoc that begins here has no end' };
}

function hasEndlessHeredoc(instruction: Instruction): boolean {
  const heredocs = instruction instanceof Run || instruction instanceof Copy ? instruction.getHeredocs() : [];
  return heredocs.some((heredoc) => heredoc.getDelimiterRange() === null);
}

function syntaxImageOf(dockerfile: Dockerfile): string | null {
  const directive = dockerfile.getDirectives().find((each) => each.getName().toLowerCase() === 'syntax');
  return directive?.getValue() || null;
}

function describe(instruction: Instruction, text: string): DockerfileInstruction {
  const { start, end } = instruction.getRange();
  const lines = text.split(/\r?\n/).slice(start.line, end.line + 1);
  return { keyword: instruction.getKeyword(), line: start.line + 1, text: lines.join('\n').trim() };
}

/**
 * The parser takes every word that begins with `<<` for a heredoc, inside quotes too, and then swallows the rest of the file; and it
 * overlooks heredocs with a number (`3<<EOF`). Both are put right by text of the same length, so that places stay true.
 */
export function maskForParser(text: string): string {
  return (
    text
      .replace(/"[^"\n]*"|'[^'\n]*'/g, (quoted) => quoted.replaceAll('<<', '__'))
      // What is no word after it is a shift, as in `$(( 1 << 2 ))`: buildkit frontend/dockerfile/parser, reHeredoc.
      .replace(/<<(?!-?["']?[a-zA-Z_])/g, '__')
      .replace(/(?<=\s)\d+(?=<<-?["'\w])/g, (digits) => ' '.repeat(digits.length))
  );
}

function readText(path: string, displayPath: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new DeployclockError(
      'DOCKERFILE_NOT_FOUND',
      `The Dockerfile ${displayPath} cannot be read: ${messageOf(thrown)}`,
      {
        hint: `ls ${displayPath}`,
        cause: thrown,
      },
    );
  }
}
