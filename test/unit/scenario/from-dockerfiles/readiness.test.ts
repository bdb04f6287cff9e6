import { expect, it } from 'vitest';
import { findReadiness, type LabelledImage } from '../../../../src/scenario/from-dockerfiles/readiness.ts';
import { errorOf } from '../folder.ts';

function image(label: string, ports: readonly number[], healthcheck: string | null = null): LabelledImage {
  return { label, ports, healthcheck, base: 'node:20', env: new Map([['PORT', '4000']]) };
}

const nothing = { health: null, port: null, env: {} };
const http = (path: string) => ({ check: 'http', path, status: 200, body: null, successes: 1 });
const curl = (url: string) => `curl -f ${url} || exit 1`;

it('is a path that was said, on the port that is exposed', () => {
  const found = findReadiness([image('A', [3000], curl('http://localhost:9000/x'))], { ...nothing, health: '/up' });
  expect(found).toEqual({ check: http('/up'), port: 3000, assumed: ['Port 3000, from EXPOSE in A.'] });
});

it('needs nothing found where all was said', () => {
  const found = findReadiness([image('A', [])], { ...nothing, health: '/up', port: 1234 });
  expect(found).toEqual({ check: http('/up'), port: 1234, assumed: [] });
});

it('takes the port of a health check where none is exposed', () => {
  const found = findReadiness([image('A', [], curl('http://localhost:9000/x'))], { ...nothing, health: '/up' });
  expect(found).toEqual({ check: http('/up'), port: 9000, assumed: ['Port 9000, from HEALTHCHECK in A.'] });
});

it('is the URL of a health check, also for those without one', () => {
  const found = findReadiness([image('A', [3000]), image('B', [3000], curl('http://localhost:3000/healthz'))], nothing);
  expect(found).toEqual({
    check: http('/healthz'),
    port: 3000,
    assumed: ['Port 3000, from EXPOSE in A and B.', 'Ready when GET /healthz answers 200, from HEALTHCHECK in B.'],
  });
});

it('asks on the port of that URL, whatever is exposed', () => {
  const found = findReadiness([image('A', [80, 443], curl('http://localhost:8080/'))], nothing);
  expect(found).toMatchObject({ check: http('/'), port: 8080 });
  expect(found.assumed[0]).toBe('Port 8080, from HEALTHCHECK in A.');
});

it('fills the port of that URL in from the environment, which is not told', () => {
  const images = [image('A', [], curl('http://localhost:$PORT/'))];
  expect(findReadiness(images, nothing).port).toBe(4000);
  expect(findReadiness(images, { ...nothing, env: { PORT: '5000' } }).port).toBe(5000);
  const secret = findReadiness([image('A', [3000], curl('http://localhost:$KEY/'))], {
    ...nothing,
    env: { KEY: 'hush' },
  });
  expect(secret.port).toBe(3000);
  expect(secret.assumed.join()).not.toContain('hush');
});

it('does not ask that URL on another port than was said', () => {
  const found = findReadiness([image('A', [], curl('http://localhost:9000/x'))], { ...nothing, port: 3000 });
  expect(found).toMatchObject({ check: { check: 'healthcheck' }, port: 3000 });
});

it("is Docker's verdict where every health check is another command", () => {
  const images = [image('A', [3000], './check'), image('B', [3000], './check')];
  const found = findReadiness(images, nothing);
  expect(found).toMatchObject({ check: { check: 'healthcheck' }, port: 3000 });
  expect(found.assumed[1]).toContain('from HEALTHCHECK in A and B');
  expect(findReadiness([image('A', [], './check')], nothing)).toMatchObject({
    port: null,
    assumed: [expect.any(String)],
  });
});

it('is a connection where there is no health check, or not in every Dockerfile', () => {
  const found = findReadiness([image('A', [3000], './check'), image('B', [3000])], nothing);
  expect(found).toMatchObject({ check: { check: 'tcp' }, port: 3000 });
  expect(found.assumed[1]).toBe(
    'Ready when port 3000 accepts a connection; --health /path waits for an answer of the app instead.',
  );
});

it('asks which where health checks differ', () => {
  const images = [image('A', [], curl('http://localhost:1/a')), image('B', [], curl('http://localhost:1/b'))];
  const error = errorOf(() => findReadiness(images, nothing));
  expect(error).toMatchObject({ code: 'USAGE', hint: expect.stringContaining('--health /a') });
  expect(error.message).toContain('A asks for :1/a, B for :1/b');
});

it('takes health checks of one path for the same where one port is not known', () => {
  const images = [image('A', [], curl('http://localhost:$X/a')), image('B', [], curl('http://localhost:7/a'))];
  expect(findReadiness(images, nothing)).toMatchObject({ check: http('/a'), port: 7 });
});

it.each([
  [nothing, [image('A', [])]],
  [{ ...nothing, health: '/' }, [image('A', [1, 2])]],
])('says --port where a port is needed and cannot be told: %j', (given, images) => {
  expect(errorOf(() => findReadiness(images, given))).toMatchObject({
    code: 'USAGE',
    hint: expect.stringContaining('--port'),
  });
});
