import { describe, expect, it } from 'vitest';
import { imageSettingsOf } from '../../../../src/scenario/from-dockerfiles/image-settings.ts';
import { errorOf } from '../folder.ts';

function settingsOf(lines: readonly string[], buildArgs: Readonly<Record<string, string>> = {}, target?: string) {
  const source = { path: 'Dockerfile', text: lines.join('\n') };
  return imageSettingsOf(source, { buildArgs, target: target ?? null, architecture: 'amd64' });
}

describe('ports', () => {
  it.each([
    ['one', ['EXPOSE 3000'], [3000]],
    ['several, and ranges', ['EXPOSE 9229/tcp 3000', 'EXPOSE 8000-8002'], [3000, 8000, 8001, 8002, 9229]],
    ['none for UDP, and for what is no port', ['EXPOSE 53/udp 0 70000 http $GONE'], []],
    ['by variable', ['ARG PORT=80', 'ENV APP_PORT=$PORT', `EXPOSE $APP_PORT \${OTHER:-81}`], [80, 81]],
    ['by ENV, which hides an ARG', ['ARG PORT=80', 'ENV PORT=90', 'EXPOSE $PORT'], [90]],
    ['in other lower case', ['expose 3000'], [3000]],
  ])('%s', (_, lines, ports) => {
    expect(settingsOf(['FROM node', ...lines]).ports).toEqual(ports);
  });

  it('come from build arguments, as the build has them', () => {
    const lines = ['ARG PORT=80', 'FROM node', 'ARG PORT', `EXPOSE \${PORT}`];
    expect(settingsOf(lines).ports).toEqual([80]);
    expect(settingsOf(lines, { PORT: '8080' }).ports).toEqual([8080]);
  });
});

describe('stages', () => {
  const lines = [
    'FROM node:20 AS base',
    'EXPOSE 3000',
    'ENV A=1',
    'FROM base AS build',
    'EXPOSE 9000',
    'HEALTHCHECK CMD build',
    'FROM base',
    'ENV B="two words"',
    'FROM nginx AS web',
  ];

  it('count as far as the last one goes on from them', () => {
    expect(settingsOf(lines.slice(0, 8))).toEqual({
      ports: [3000],
      healthcheck: null,
      base: 'node:20',
      env: new Map([
        ['A', '1'],
        ['B', 'two words'],
      ]),
    });
    expect(settingsOf(lines)).toMatchObject({ ports: [], base: 'nginx' });
  });

  it('count as far as the target goes on from them', () => {
    expect(settingsOf(lines, {}, 'build')).toMatchObject({ ports: [3000, 9000], healthcheck: 'build' });
    expect(settingsOf(lines, {}, '0')).toMatchObject({ ports: [3000], healthcheck: null });
    expect(errorOf(() => settingsOf(lines, {}, 'buidl')).message).toContain('did you mean "build"?');
  });

  it('may begin with nothing', () => {
    expect(settingsOf(['FROM scratch', 'EXPOSE 1']).base).toBeNull();
  });
});

describe('the health check', () => {
  it.each([
    [
      'is the last one',
      ['HEALTHCHECK CMD one', 'HEALTHCHECK --interval=5s --retries=3 CMD two --x || exit 1'],
      'two --x || exit 1',
    ],
    ['is taken back by NONE', ['HEALTHCHECK CMD one', 'HEALTHCHECK NONE'], null],
    ['may go over several lines', ['HEALTHCHECK \\', '  # why', '  CMD curl \\', '  -f x'], /^curl\s+-f x$/],
    ['may be a list', ['HEALTHCHECK CMD ["curl", "-f", "x"]'], '["curl", "-f", "x"]'],
    ['may be missing', ['RUN true'], null],
  ])('%s', (_, lines, command) => {
    const { healthcheck } = settingsOf(['FROM node', ...lines]);
    if (command instanceof RegExp) expect(healthcheck).toMatch(command);
    else expect(healthcheck).toBe(command);
  });
});

it('tells a mistake in the Dockerfile at its place', () => {
  const error = errorOf(() => settingsOf(['FROM node', 'EXPOS 3000']));
  expect(error.code).toBe('DOCKERFILE_INVALID');
  expect(error.message).toContain('Dockerfile:2:1: unknown instruction "EXPOS": did you mean EXPOSE?');
});
