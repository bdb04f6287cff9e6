import { describe, expect, it } from 'vitest';
import { parseDuration, parseLinkProfile } from '../../../src/scenario/units-text.ts';

describe('parseDuration', () => {
  it.each([
    ['500 ms', 500],
    ['60 s', 60_000],
    ['1.5s', 1500],
    [' 10 min ', 600_000],
    ['1 h', 3_600_000],
  ])('reads %s', (text, value) => {
    expect(parseDuration(text)).toEqual({ ok: true, value });
  });

  it('says which units a bare number lacks', () => {
    const parsed = parseDuration('60');
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining('60 has no unit: write "60 s"') });
  });

  it.each(['60 m', 'soon', '', '-1 s', '1e3 s', '60 seconds'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toMatchObject({ ok: false, message: expect.stringContaining('is not a duration') });
  });
});

describe('parseLinkProfile', () => {
  it.each([
    ['100mbps', 100e6, 0],
    ['1gbps', 1e9, 0],
    ['512 kbps', 512e3, 0],
    ['2.5Mbps', 2.5e6, 0],
    ['20mbps/30ms', 20e6, 30],
    ['20mbps / 1 s', 20e6, 1000],
    ['lan', 1e9, 0.2],
    ['unshaped', null, 0],
    ['unshaped/30ms', null, 30],
  ])('reads %s', (label, rate, roundTrip) => {
    expect(parseLinkProfile(label)).toEqual({ ok: true, value: { label, rate, roundTrip } });
  });

  it.each([
    ['100', 'has no unit'],
    ['fast', 'is not a link'],
    ['100mb', 'is not a link'],
    ['0mbps', 'lets nothing through'],
    ['20mbps/30', '30 has no unit'],
    ['20mbps/', 'is not a link'],
  ])('refuses "%s": %s', (text, message) => {
    expect(parseLinkProfile(text)).toMatchObject({ ok: false, message: expect.stringContaining(message) });
  });
});
