import type { ScoredName } from '../../verdict/control-points.ts';
import type { ScoredMetric } from '../../verdict/scored-metrics.ts';
import { clip } from './html.ts';

const labels: Readonly<Record<ScoredName, string>> = {
  'image-size': 'Final image size',
  'fresh-pull': 'Pull on a fresh server',
  rebuild: 'Rebuild after a small code edit',
  'cold-start': 'Cold start',
  release: 'Release clock',
};

/** What a number of the scorecard is called; the release clock says of which kind. */
export function headOf({ name, kind }: ScoredMetric): string {
  return name === 'release' && kind !== null ? `${labels[name]}, ${clip(kind, 40)}` : labels[name];
}
