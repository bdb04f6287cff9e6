import type { PhaseName } from '../results/sample.ts';
import type { Bottleneck } from '../verdict/bottleneck.ts';
import type { BottleneckPart } from '../verdict/bottleneck-part.ts';
import { formatDuration, formatShare } from './format.ts';
import { stepName } from './step-name.ts';

/** What a team waits for in each phase, as the subject of a sentence. */
const phaseSubjects: Readonly<Record<PhaseName, string>> = {
  build: 'Building the image',
  push: 'Pushing the image to the registry',
  pull: 'Pulling the image onto the server',
  stop: 'Stopping the old container',
  start: 'Creating and starting the container',
  ready: 'The app’s own start, until it passes its readiness check,',
};

/** Below this share of a deploy, size is not what it waits for. */
const littleShare = 0.1;

/** `Building the image takes 31.2 s of 36.9 s (85 %), most of it RUN npm install (22.0 s).` */
export function dominatingSentence({ phase, ms, releaseMs, share, part }: Bottleneck): string {
  const whole = `${phaseSubjects[phase]} takes ${formatDuration(ms)} of ${formatDuration(releaseMs)} (${formatShare(share)})`;
  return part === null ? `${whole}.` : `${whole}${partText(part, ms)}.`;
}

function partText(part: BottleneckPart, ms: number): string {
  const most = part.ms > ms / 2 ? 'most of it' : 'the largest part of it';
  const time = formatDuration(part.ms);
  switch (part.sort) {
    case 'step':
      return `, ${most} ${stepName(part.name)} (${time})`;
    case 'link':
      return `, ${most} the link, which needs ${time} for the bytes`;
    case 'compression':
      return `, ${most} compressing and the registry (${time})`;
    case 'unpacking':
      return `, ${most} unpacking after the last byte has come (${time})`;
    case 'grace':
      return `, ${time} of it from the stop signal to the old container’s end`;
    case 'healthcheck':
      return `, of which ${time} passed after it was ready and before its HEALTHCHECK said so`;
  }
}

/** What cutting the image would be worth at most; null where a deploy has nothing to do with its size. */
export function imageWorthSentence({ movingMs, imageMs, releaseMs }: Bottleneck): string | null {
  if (imageMs === null) return null;
  const share = imageMs / releaseMs;
  const moving = movingMs === null ? '' : `Push and pull are ${formatShare(movingMs / releaseMs)} of this deploy`;
  const inBuild =
    imageMs - (movingMs ?? 0) >= 0.01 * releaseMs
      ? `${moving === '' ? 'Fetching' : ', fetching'} base images and writing the image ${formatShare((imageMs - (movingMs ?? 0)) / releaseMs)}`
      : '';
  const most = `a smaller image would save at most ${formatDuration(imageMs)} of ${formatDuration(releaseMs)}`;
  const told = moving === '' && inBuild === '' ? '' : `${moving}${inBuild}: `;
  const so = share < littleShare ? '. Size is not what this deploy waits for' : '';
  return `${capital(`${told}${most}${so}.`)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
