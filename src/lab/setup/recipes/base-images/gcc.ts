import { buildpackDifference, buildpackLines } from './buildpack.ts';
import { dockerfileText } from './dockerfile-lines.ts';
import type { StandIn } from './stand-in.ts';

/** buildpack-deps has Debian bookworm's compiler already, which is GCC 12: there is nothing to add. */
export const gccStandIn: StandIn = {
  image: 'gcc:12',
  dockerfile: (caBundle) => dockerfileText(...buildpackLines(caBundle), 'CMD ["bash"]'),
  parts: [],
  texts: {},
  differences: [
    'much smaller: GCC 12.2 for C and C++ from Debian packages under /usr, where the official image adds a GCC built from source under /usr/local, with more languages',
    buildpackDifference,
  ],
};
