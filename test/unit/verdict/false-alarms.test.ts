import { expect, test } from 'vitest';
import { exchanges } from '../../../src/verdict/exchange.ts';
import { alarmsOf, falseAlarmRates, type GatedPairs, screeningLooks } from '../../../src/verdict/false-alarms.ts';
import { defaultMargin } from '../../../src/verdict/margin.ts';
import { around, pairsWith, type Times } from './paired-run.ts';

function gate(metric: string, times: readonly Times[]): GatedPairs {
  return { metric, margin: defaultMargin, pairs: pairsWith(times) };
}

test('a look counts for the screening where ten pairs are left to confirm with', () => {
  expect([15, 16, 19, 20, 25, 30].map(screeningLooks)).toEqual([[], [6], [6], [6, 10], [6, 10, 15], [6, 10, 15, 20]]);
});

test('what is clearly slower raises every alarm, and only on its own gate', () => {
  const gates = [gate('code-edit.build', around(1.2, 20)), gate('code-edit.push', around(1, 20))];
  const only = ['code-edit.build'];
  expect(alarmsOf(gates, [])).toEqual({ once: only, suspected: only, confirmed: only });
});

test('with all halves exchanged the other one is judged', () => {
  const gates = [gate('code-edit.build', around(1.2, 20))];
  const all = Array.from({ length: 20 }, () => true);
  expect(alarmsOf(gates, all)).toEqual({ once: [], suspected: [], confirmed: [] });
  expect(alarmsOf([gate('code-edit.build', around(1 / 1.2, 20))], all).once).toEqual(['code-edit.build']);
});

test('a suspicion is confirmed by the ten pairs after its look alone', () => {
  const times = [...around(1.3, 6), ...around(1, 10), ...around(1.3, 4)];
  expect(alarmsOf([gate('code-edit.build', times)], [])).toMatchObject({
    suspected: ['code-edit.build'],
    confirmed: [],
  });
});

test('a look that passes ends the screening', () => {
  const times = [...around(1, 6), ...around(1.6, 14)];
  expect(alarmsOf([gate('code-edit.build', times)], []).suspected).toEqual([]);
});

test('pairs that have no number on one gate do not shift those of another', () => {
  const pairs = pairsWith(around(1.2, 20)).map((pair, index) => (index < 4 ? null : pair));
  const holed: GatedPairs = { ...gate('code-edit.push', []), pairs };
  const way = Array.from({ length: 20 }, (_, index) => index < 4);
  expect(alarmsOf([holed], way).once).toEqual(['code-edit.push']);
});

test('rates are shares of the exchanges in which any gate raises an alarm', () => {
  const slower = gate('code-edit.build', around(1.2, 20));
  const same = gate('code-edit.push', around(1, 20));
  const all = Array.from({ length: 20 }, () => true);
  expect(falseAlarmRates([slower, same], [[], all, all, all])).toEqual({
    exchanges: 4,
    once: 0.25,
    suspected: 0.25,
    confirmed: 0.25,
  });
});

test('noise alone raises few alarms: the screening suspects, the confirmation clears it', () => {
  const noisy = gate('code-edit.build', around(1, 20, 0.3));
  const rates = falseAlarmRates([noisy], exchanges(20, 2000, 3));
  expect(rates.suspected).toBeGreaterThan(rates.confirmed);
  expect(rates.suspected).toBeLessThan(0.1);
  expect(rates.confirmed).toBeLessThan(0.01);
  expect(rates.once).toBeLessThan(0.025);
});
