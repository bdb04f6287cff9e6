import { createCipheriv, createHash } from 'node:crypto';

/** `DELAY` comes as a build argument, so that the variants differ in one value and in nothing else. */
export const dockerfileText = `FROM debian:bookworm-slim
ARG DELAY
ENV DELAY=$DELAY
WORKDIR /selftest
COPY . .
CMD ["sh", "app.sh"]
`;

/** The file that the code edit changes. */
export const appFile = 'app.sh';
export const editedText = 'release initial';

/** Ready after DELAY seconds, and gone at once when it is told to stop. */
export const appText = `# ${editedText}
trap 'exit 0' TERM
sleep "$DELAY"
echo ready
sleep infinity &
wait
`;

/** A file beside it, in the same layer. */
export const ballastFile = 'ballast';

/** So many bytes that no compression makes smaller, the same for the same seed: a cipher's stream over zeros. */
export function ballast(bytes: number, seed: number): Buffer {
  const key = createHash('sha256').update(`ballast ${seed}`).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
}
