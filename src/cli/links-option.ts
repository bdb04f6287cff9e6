import { DeployclockError } from '../errors.ts';
import type { Links } from '../scenario/scenario.ts';
import { parseLinkProfile } from '../scenario/units-text.ts';

/**
 * The scenario's links with those of the command line in their place. A profile alone means uplink and downlink, the paths that releases
 * cross; the mirror link is only changed by name.
 */
export function linksWith(links: Links, options: readonly string[]): Links {
  let { uplink, downlink, mirror } = links;
  for (const option of options) {
    const [name, text] = option.includes('=') ? option.split('=', 2) : [null, option];
    const parsed = parseLinkProfile(text ?? '');
    if (!parsed.ok) throw new DeployclockError('USAGE', `--link ${option}: ${parsed.message}`);
    if (name !== null && name !== 'uplink' && name !== 'downlink' && name !== 'mirror') {
      throw new DeployclockError('USAGE', `--link ${option}: there is no link "${name}".`, {
        hint: 'Known: uplink, downlink, mirror',
      });
    }
    if (name === null || name === 'uplink') uplink = parsed.value;
    if (name === null || name === 'downlink') downlink = parsed.value;
    if (name === 'mirror') mirror = parsed.value;
  }
  return { uplink, downlink, mirror };
}
