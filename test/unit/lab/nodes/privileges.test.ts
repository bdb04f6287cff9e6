import { expect, test } from 'vitest';
import { reachableNameServers } from '../../../../src/lab/nodes/name-servers.ts';
import { missingCapabilities } from '../../../../src/lab/nodes/privileges.ts';

test('names the capabilities that the bounding set lacks', () => {
  expect(missingCapabilities('Name:\tx\nCapBnd:\t000001fffeffffff\n')).toEqual(['SYS_RESOURCE']);
  expect(missingCapabilities('CapBnd:\t000001ffffffffff\n')).toEqual([]);
  expect(missingCapabilities('no such line')).toEqual([]);
});

test('loopback name servers are left out: a container cannot reach them', () => {
  const text = 'search example\nnameserver 127.0.0.53\nnameserver 10.1.2.3\nnameserver fe80::1\nnameserver 192.0.2.9\n';
  expect(reachableNameServers(text)).toEqual(['10.1.2.3', '192.0.2.9']);
});
