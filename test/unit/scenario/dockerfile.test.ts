import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BuildSettings } from '../../../src/scenario/base-images.ts';
import { type DockerfileFacts, parseDockerfile, readDockerfile } from '../../../src/scenario/dockerfile.ts';
import { errorOf, folderWith } from './folder.ts';

const settings: BuildSettings = { buildArgs: {}, target: null, architecture: 'amd64' };

function parse(lines: readonly string[], changed: Partial<BuildSettings> = {}): DockerfileFacts {
  return parseDockerfile({ path: 'Dockerfile', text: lines.join('\n') }, { ...settings, ...changed });
}

const keywordsOf = (lines: readonly string[]): string[] => parse(lines).instructions.map(({ keyword }) => keyword);

describe('instructions', () => {
  it('keeps continued lines, comments between them and heredocs in one instruction', () => {
    const { instructions } = parse([
      'from a',
      'RUN one \\',
      '  # comment',
      '',
      '  two',
      'COPY <<EOF /x',
      'FRMO',
      'EOF',
      'CMD x',
    ]);
    expect(instructions.map(({ keyword, line }) => [keyword, line])).toEqual([
      ['FROM', 1],
      ['RUN', 2],
      ['COPY', 6],
      ['CMD', 9],
    ]);
    expect(instructions[1]?.text).toBe('RUN one \\\n  # comment\n\n  two');
  });

  it.each([
    ['two heredocs', ['COPY <<"A" <<B /x/', 'HELLO', 'A', 'WORLD', 'B']],
    ['a heredoc with tabs', ['RUN <<-EOF', '\tHELLO', '\tEOF']],
    ['a heredoc after a command', ['RUN cat <<EOF > /x && ls', 'HELLO you', 'EOF']],
    ['a heredoc with a number', ['RUN sh 3<<EOF', 'HELLO you', 'EOF']],
    ['a heredoc in ONBUILD', ['ONBUILD RUN <<EOF', 'HELLO', 'EOF']],
    ['a shebang', ['RUN <<EOF', '#!/usr/bin/env python', 'print("x")', 'EOF']],
    ['two less-than signs in quotes', ['RUN echo "a <<b"']],
    ['a here-string', ['RUN cat <<< hello']],
    ['a shift in shell arithmetic', ['RUN echo $(( 1 << 2 ))']],
  ])('is not misled by %s', (_, lines) => {
    const keywords = keywordsOf(['FROM a', ...lines, 'CMD x']);
    expect(keywords).toHaveLength(3);
    expect(keywords.at(-1)).toBe('CMD');
  });

  it('honours the escape directive and Windows line ends', () => {
    expect(keywordsOf(['# syntax=docker/dockerfile:1', '# escape=`', 'FROM a', 'RUN x `', '  y', 'CMD x'])).toEqual([
      'FROM',
      'RUN',
      'CMD',
    ]);
    expect(keywordsOf(['FROM a\r', 'RUN x \\\r', '  y\r', 'CMD x\r'])).toEqual(['FROM', 'RUN', 'CMD']);
  });

  it('knows the image of a syntax directive', () => {
    expect(parse(['# syntax=docker/dockerfile:1', 'FROM a']).syntaxImage).toBe('docker/dockerfile:1');
    expect(parse(['# a comment', 'FROM a']).syntaxImage).toBeNull();
  });
});

describe('base images', () => {
  it('takes FROM, COPY --from and RUN --mount, each image once, and neither stages nor scratch', () => {
    const { baseImages } = parse([
      'FROM --platform=$BUILDPLATFORM node:20 AS Build',
      'RUN --mount=type=bind,from=golang:1.24,target=/go --mount=type=cache,target=/c go build',
      'FROM node:20 AS deps',
      'FROM scratch',
      'COPY --from=build --chown=1 /a /a',
      'COPY --from=1 /b /b',
      'COPY --from=busybox:1 /bin/sh /sh',
    ]);
    expect(baseImages).toEqual(['node:20', 'golang:1.24', 'busybox:1']);
  });

  it('expands ARGs with their defaults, with build arguments, and with one another', () => {
    const lines = [
      'ARG VERSION=20',
      `ARG TAG="\${VERSION}-slim"`,
      'ARG UNSET',
      'ARG REGISTRY',
      `FROM node:$TAG`,
      `FROM \${REGISTRY:-mirror.example}/\${UNSET:-\${VERSION}}/app:\${VERSION:+x}`,
      'COPY --from=0 /a /a',
    ];
    expect(parse(lines).baseImages).toEqual(['mirror.example/20/app:x', 'node:20-slim']);
    const buildArgs = { VERSION: '22', REGISTRY: 'here' };
    expect(parse(lines, { buildArgs }).baseImages).toEqual(['here/22/app:x', 'node:22-slim']);
  });

  it('gives no value to a build argument that no ARG declares, as Docker', () => {
    expect(parse([`FROM a:\${TAG:-1}`], { buildArgs: { TAG: '2' } }).baseImages).toEqual(['a:1']);
  });

  it('chooses a stage by architecture', () => {
    const lines = ['FROM one AS base-amd64', 'FROM two AS base-arm64', 'FROM base-$TARGETARCH'];
    expect(parse(lines).baseImages).toEqual(['one']);
    expect(parse(lines, { architecture: 'arm64' }).baseImages).toEqual(['two']);
  });

  it('leaves out the stages that the target does not need', () => {
    const lines = ['FROM one AS a', 'FROM two AS b', 'FROM three AS c', 'COPY --from=a / /'];
    expect(parse(lines).baseImages).toEqual(['three', 'one']);
    expect(parse(lines, { target: 'B' }).baseImages).toEqual(['two']);
    expect(parse(lines, { target: '0' }).baseImages).toEqual(['one']);
  });

  it('lets a stage bear the name of the image that it starts from', () => {
    expect(parse(['FROM node AS node', 'FROM node']).baseImages).toEqual(['node']);
  });
});

describe('mistakes', () => {
  it.each([
    ['an empty file', [''], '1:1: the Dockerfile has no instructions'],
    ['a misspelt keyword', ['FROM a', '', 'COYP . .'], '3:1: unknown instruction "COYP": did you mean COPY?'],
    ['a word that is no keyword', ['FROM a', '  npm install'], '2:3: unknown instruction "npm"'],
    ['no FROM', ['ARG A=1'], '1:1: there is no FROM'],
    ['something before FROM', ['# hi', 'ARG A=1', 'RUN x', 'FROM a'], '3:1: RUN comes before FROM: only ARG may'],
    ['FROM without an image', ['FROM'], '1:1: FROM names no image'],
    ['a base without a value', ['ARG A', 'FROM $A'], '2:1: the base image $A is empty: its ARG has no value'],
    ['an endless heredoc', ['FROM a', 'RUN <<EOF', 'x', 'CMD x'], '2:1: a heredoc that begins here has no end'],
  ])('tells %s', (_, lines, message) => {
    const error = errorOf(() => parse(lines));
    expect(error.code).toBe('DOCKERFILE_INVALID');
    expect(error.message).toBe(`Dockerfile:${message}`);
    expect(error.excerpt).toContain('^');
  });

  it('names the nearest stage to a target that does not exist', () => {
    const error = errorOf(() => parse(['FROM a AS build'], { target: 'biuld' }));
    expect(error.message).toBe('Dockerfile:1:1: there is no stage "biuld" to build: did you mean "build"?');
  });
});

describe('readDockerfile', () => {
  it('reads from disk and names the file relative to the working folder', () => {
    const folder = folderWith({ 'app/Dockerfile': 'ARG V=1\nFROM a:$V\n', 'app/Dockerfile.bad': 'FROM a\nRNU x\n' });
    expect(readDockerfile(join(folder, 'app/Dockerfile'), folder, { V: '2' }).baseImages).toEqual(['a:2']);
    const error = errorOf(() => readDockerfile(join(folder, 'app/Dockerfile.bad'), folder));
    expect(error.message).toContain(`${join('app', 'Dockerfile.bad')}:2:1`);
  });

  it('tells a missing file', () => {
    const error = errorOf(() => readDockerfile('/nowhere/Dockerfile', '/nowhere'));
    expect(error.code).toBe('DOCKERFILE_NOT_FOUND');
    expect(error.message).toContain('Dockerfile');
  });
});
