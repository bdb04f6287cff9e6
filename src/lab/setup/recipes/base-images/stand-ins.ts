import { debianStandIn } from './debian.ts';
import { gccStandIn } from './gcc.ts';
import { nginxStandIn } from './nginx.ts';
import { nodeStandIn, slimNodeStandIn } from './node.ts';
import type { StandIn } from './stand-in.ts';

/**
 * All stand-ins, in the order in which they are built: what others stand on comes first, then what takes longest to hand to
 * the mirror.
 */
export const standIns: readonly StandIn[] = [debianStandIn, nodeStandIn, gccStandIn, nginxStandIn, slimNodeStandIn];
