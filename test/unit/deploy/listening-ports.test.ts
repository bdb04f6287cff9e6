import { expect, test } from 'vitest';
import { parseListening } from '../../../src/deploy/listening-ports.ts';

test('finds listening sockets in the tables of both address families, each port once', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0 100 0 0 10 0
   2: 030011AC:0BB8 010011AC:C5A2 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 100 0 0 10 0
   3: 0100007F:0051 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4 1 0 100 0 0 10 0
   4: 0B00007F:A1B2 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5 1 0 100 0 0 10 0
  sl  local_address                         remote_address                        st tx_queue
   0: 00000000000000000000000000000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000
   1: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000
   2: 0000000000000000FFFF00000100007F:0016 00000000000000000000000000000000:0000 0A 00000000:00000000
   3: 00000000000000000000000000000000:0051 00000000000000000000000000000000:0000 0A 00000000:00000000
   4: B80D0120000000000000000012345A7F:0017 00000000000000000000000000000000:0000 0A 00000000:00000000
`;
  expect(parseListening(table)).toEqual([
    { port: 3000, loopbackOnly: false },
    { port: 8080, loopbackOnly: true },
    // On loopback, and on all addresses of IPv6.
    { port: 81, loopbackOnly: false },
    { port: 80, loopbackOnly: true },
    { port: 22, loopbackOnly: true },
    { port: 23, loopbackOnly: false },
  ]);
});
