import { z } from 'zod';
import { messageOf } from '../errors.ts';
import type { Readiness } from './scenario.ts';
import { keyed, someTime, word } from './schema-parts.ts';

const checks = ['http', 'tcp', 'log', 'healthcheck', 'exit'] as const;

/** Settings that mean something for one check alone. */
const belongsTo = {
  path: 'http',
  status: 'http',
  body: 'http',
  successes: 'http',
  pattern: 'log',
  occurrences: 'log',
} as const;

const expression = z
  .string()
  .min(1, 'there is nothing to look for')
  .superRefine((source, context) => {
    try {
      new RegExp(source, 'm');
    } catch (thrown) {
      context.addIssue({ code: 'custom', message: messageOf(thrown), input: source });
    }
  });

/** `ready:` as a person writes it. */
export const readySchema = keyed({
  check: word(checks).default('http'),
  path: z.string().startsWith('/', 'the path must begin with "/"').optional(),
  status: z.int().min(100).max(599).optional(),
  body: expression.optional(),
  successes: z.int().min(1).max(1000).optional(),
  pattern: expression.optional(),
  occurrences: z.int().min(1).max(1000).optional(),
  timeout: someTime.prefault('60 s'),
})
  .superRefine((ready, context) => {
    for (const [setting, check] of Object.entries(belongsTo)) {
      const value = ready[setting as keyof typeof belongsTo];
      if (value === undefined || check === ready.check) continue;
      context.addIssue({
        code: 'custom',
        path: [setting],
        message: `this belongs to "check: ${check}", and the check here is ${ready.check}`,
        input: value,
      });
    }
    if (ready.check === 'log' && ready.pattern === undefined) {
      context.addIssue({ code: 'custom', path: ['check'], message: 'a log check needs a pattern', input: ready.check });
    }
  })
  .transform((ready): Readiness => {
    const { timeout } = ready;
    switch (ready.check) {
      case 'http': {
        const { path = '/', status = 200, body = null, successes = 1 } = ready;
        return { check: 'http', path, status, body, successes, timeout };
      }
      case 'log':
        return { check: 'log', pattern: ready.pattern ?? '', occurrences: ready.occurrences ?? 1, timeout };
      default:
        return { check: ready.check, timeout };
    }
  });
