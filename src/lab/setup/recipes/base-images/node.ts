import { buildpackDifference, buildpackLines } from './buildpack.ts';
import { debianStandIn } from './debian.ts';
import { dockerfileText, trustStore } from './dockerfile-lines.ts';
import { nodeFolder, type StandIn } from './stand-in.ts';

/** Node brings certificate authorities of its own and asks for no others, unless it is told to. */
const trustEnv = `ENV NODE_EXTRA_CA_CERTS=${trustStore} SSL_CERT_FILE=${trustStore}`;

/** The user `node`, then Node.js, as in the official images. */
function nodeLines(caBundle: boolean): string[] {
  return [
    ...(caBundle ? [trustEnv] : []),
    'RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node',
    `COPY ${nodeFolder}/ /`,
    'CMD ["node"]',
  ];
}

const differences = [
  'Node.js 20 and npm 10 from npm packages',
  'no yarn, no corepack, no entrypoint script, no C headers of Node.js',
];

export const nodeStandIn: StandIn = {
  image: 'node:20',
  dockerfile: (caBundle) => dockerfileText(...buildpackLines(caBundle), ...nodeLines(caBundle)),
  parts: [nodeFolder],
  texts: {},
  differences: [...differences, buildpackDifference],
};

export const slimNodeStandIn: StandIn = {
  image: 'node:20-slim',
  dockerfile: (caBundle) => dockerfileText(`FROM ${debianStandIn.image}`, ...nodeLines(caBundle)),
  parts: [nodeFolder],
  texts: {},
  differences,
};
