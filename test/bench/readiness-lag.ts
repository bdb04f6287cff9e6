import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { ready } from '../../src/deploy/ready.ts';
import { start } from '../../src/deploy/start.ts';
import { buildImage } from '../../src/lab/engine/build-image.ts';
import { lastLogLines, removeContainer } from '../../src/lab/engine/container.ts';
import type { Bench } from '../../src/lab/lab.ts';
import { nodeServer } from '../../src/lab/server/node-server.ts';
import type { Readiness } from '../../src/scenario/scenario.ts';
import { milliseconds } from '../../src/units.ts';
import { clock, never } from '../lab/bed.ts';

const image = 'bench:listening';

/** Answers at once, and writes when it began to listen: process.hrtime is one clock for the whole machine on Linux. */
const program = [
  "const s = require('http').createServer((q, r) => r.end('ok'));",
  "s.listen(3000, () => console.log('listening', Number(process.hrtime.bigint()) / 1e6));",
  "process.on('SIGTERM', () => process.exit(0));",
].join(' ');

const readiness: Readiness = {
  ...{ check: 'http', path: '/', status: 200, body: null, successes: 1 },
  timeout: milliseconds(30_000),
};

/** Milliseconds from the instant at which the app says that it listens to our first success, `times` over. */
export async function readinessLags({ builder, runId }: Bench, times: number): Promise<number[]> {
  const tar = pack();
  tar.entry({ name: 'Dockerfile' }, `FROM node:20-slim\nCMD ["node", "-e", ${JSON.stringify(program)}]\n`);
  tar.finalize();
  const request = { tar: await buffer(tar), dockerfile: 'Dockerfile', tag: image, target: null, buildArgs: {} };
  await buildImage(builder.engine, request, clock, never, () => undefined);
  const server = nodeServer(builder);
  const settings = { port: 3000, env: {} };
  const lags: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const input = { server, runId, name: `bench-${time}`, image, app: settings, slot: 0 } as const;
    const { value: app } = await start(input, clock, never, never);
    const { value } = await ready({ server, app, settings, readiness }, clock, never);
    const log = await lastLogLines(server.engine, app.containerId, 5);
    lags.push(value.firstSuccessAt - Number(/listening ([\d.]+)/.exec(log)?.[1]));
    await removeContainer(server.engine, app.containerId);
  }
  return lags;
}
