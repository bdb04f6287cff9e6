import { z } from 'zod';

const settingsSchema = z.object({
  PORT: z.coerce.number().int().default(3000),
  PRODUCTS: z.coerce.number().int().positive().default(6_000),
});

export interface Settings {
  readonly port: number;
  readonly products: number;
}

/** Settings from the environment; throws where one is not a number. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const settings = settingsSchema.parse(environment);
  return { port: settings.PORT, products: settings.PRODUCTS };
}
