import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { scenarioJsonSchema } from '../scenario/json-schema.ts';
import { schemaFile } from './tool.ts';

/** `npm run schema`: writes the JSON Schema of scenario.yaml, which is part of the package. */
mkdirSync(dirname(schemaFile), { recursive: true });
writeFileSync(schemaFile, scenarioJsonSchema());
