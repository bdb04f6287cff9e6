import { listeningPorts } from '../listening-ports.ts';
import type { Watched } from './watch.ts';

/** Where nothing accepted a connection: what the container listens on instead, and what to do about it. */
export async function describeSilentPort(
  { server, app }: Watched,
  port: number,
  within: string,
): Promise<{ message: string; hint: string }> {
  const silence = `Nothing listened on port ${port} of the container within ${within}.`;
  const ports = await listeningPorts(server, app.containerId);
  const own = ports?.find((listening) => listening.port === port);
  if (own?.loopbackOnly === true) {
    return {
      message: `${silence} The app listens on it on its loopback interface only (127.0.0.1), where nothing outside the container reaches it.`,
      hint: 'Make the app listen on all addresses: 0.0.0.0.',
    };
  }
  const hint = 'Set `app.port` in scenario.yaml to the port that the app listens on, on all addresses (0.0.0.0).';
  if (ports === null) return { message: silence, hint };
  if (own !== undefined) return { message: `${silence} It listens there by now.`, hint: 'Raise `ready.timeout`.' };
  const names = ports.map((other) => (other.loopbackOnly ? `${other.port} (loopback only)` : String(other.port)));
  const instead = names.length === 0 ? 'It listens on no port at all.' : `It listens on ${names.join(', ')} instead.`;
  return { message: `${silence} ${instead}`, hint };
}
