import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../src/results/run-record.ts';
import { differingParts, historyFingerprint } from '../../../src/verdict/history-fingerprint.ts';
import { exampleRecord } from '../results/example-run.ts';

const record = exampleRecord();
const own = historyFingerprint(record);
const { fingerprint, scenario } = record;
const slow = { label: '10mbps', rate: 1e7, roundTrip: 30 };

const other: readonly (readonly [part: string, changed: RunRecord])[] = [
  ['cpuModel', { ...record, fingerprint: { ...fingerprint, cpuModel: 'Other' } }],
  ['cpus', { ...record, fingerprint: { ...fingerprint, cpus: 4 } }],
  ['memoryBytes', { ...record, fingerprint: { ...fingerprint, memoryBytes: 4e9 } }],
  ['kernel', { ...record, fingerprint: { ...fingerprint, kernel: '6.2.0' } }],
  [
    'hostEngine.version',
    { ...record, fingerprint: { ...fingerprint, hostEngine: { ...fingerprint.hostEngine, version: '29.0.0' } } },
  ],
  [
    'nodeEngine.imageStore',
    { ...record, fingerprint: { ...fingerprint, nodeEngine: { ...fingerprint.nodeEngine, imageStore: 'containerd' } } },
  ],
  [
    'serverEngine.memoryBytes',
    { ...record, fingerprint: { ...fingerprint, serverEngine: { ...fingerprint.serverEngine, memoryBytes: 1e9 } } },
  ],
  ['serverLimits.cpus', { ...record, scenario: { ...scenario, server: { cpus: 0.5, memory: null } } }],
  ['registry.sort', { ...record, registry: { sort: 'existing', address: null } }],
  ['server.address', { ...record, server: { sort: 'node', address: 'ssh://deploy@example.org' } }],
];

describe('historyFingerprint', () => {
  it.each(other)('is another where %s is, and says so', (part, changed) => {
    const found = historyFingerprint(changed);
    expect(found.hash).not.toBe(own.hash);
    expect(differingParts(own, found)).toEqual([part]);
  });

  it('is another where a link is, of the scenario or of one variant', () => {
    const links = { ...scenario.links, uplink: slow };
    const ofAll = historyFingerprint({ ...record, scenario: { ...scenario, links } });
    expect(differingParts(own, ofAll)).toEqual(['links.uplink.rate', 'links.uplink.roundTrip']);
    const variants = scenario.variants.map((variant) => ({
      ...variant,
      links: variant.name === 'after' ? links : null,
    }));
    const ofOne = historyFingerprint({ ...record, scenario: { ...scenario, variants } });
    expect(ofOne.hash).not.toBe(own.hash);
    expect(differingParts(own, ofOne)).toContain('variantLinks.after.uplink.rate');
  });

  it('is the same whatever says nothing of times: the run, how a link was written, the order of keys', () => {
    const { uplink, downlink, mirror } = scenario.links;
    const links = { mirror, downlink, uplink: { ...uplink, label: '0.1gbps' } };
    const same: RunRecord = { ...record, id: 'other', seed: 1, command: 'other', scenario: { ...scenario, links } };
    expect(historyFingerprint(same).hash).toBe(own.hash);
    expect(differingParts(own, historyFingerprint(same))).toEqual([]);
    const turned = Object.fromEntries(Object.entries(fingerprint).toReversed()) as RunRecord['fingerprint'];
    expect(historyFingerprint({ ...record, fingerprint: turned }).hash).toBe(own.hash);
  });

  it('has a hash that stays the same in all versions of this schema', () => {
    expect(own.hash).toMatchInlineSnapshot(`"3dba8acf"`);
  });
});
