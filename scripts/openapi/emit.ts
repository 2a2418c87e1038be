/**
 * Writes docs/openapi.json, the API as a reader of the repository sees it. In Nest's preview mode no provider is
 * made, so it needs neither a database nor a configuration.
 *
 * Run: npm run openapi
 */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { buildOpenApi } from '../../src/common/openapi';

const TARGET = join(__dirname, '../../docs/openapi.json');

async function emit(): Promise<void> {
  const app = await NestFactory.create(AppModule, { preview: true, abortOnError: false, logger: false });
  const document = buildOpenApi(app);
  writeFileSync(TARGET, `${JSON.stringify(document, null, 2)}\n`);
  console.log(`docs/openapi.json: ${Object.keys(document.paths).length} paths`);
}

void emit();
