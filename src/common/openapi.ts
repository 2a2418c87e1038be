import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { DOCS_PATH } from './pages';

const DESCRIPTION = `Production planning of a kayak factory, from the workbook \`Folha_IA.xlsx\`.

* **Clock.** The workbook is a snapshot: lateness and ages count from \`as_of\`, its latest recorded event, not from now.
* **Times** are ISO 8601 with the factory's offset (Europe/Lisbon). Windows are half open, \`[from, to)\`.
* **Errors** are always \`{ detail, correlation_id, error_code, … }\`. A request that breaks a rule is a 400, never a 422.
* **Lists** are newest first and paged by an opaque \`next_cursor\`; the last page has none, or \`null\`.
* **Ids** of orders (ordem de fabrico, OF) are strings; all other ids are numbers.`;

/** Builds the OpenAPI document of the running application. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('PRODPLAN 4.0 OS')
    .setDescription(DESCRIPTION)
    .setVersion('0.1.0')
    .addTag('Orders', 'Manufacturing orders (ordens de fabrico) and their phases')
    .addTag('Routes', 'The standard sequence of phases of a product')
    .addTag('Quality', 'Errors: where found, by whom caused, how likely')
    .addTag('Smart inventory', 'What is in process: pieces, their mass, gelcoat in theory')
    .addTag('What-if', 'Simulated scenarios')
    .addTag('Machine learning', 'Learned predictions')
    .addTag('Flow', 'What stands at each phase type, and what holds it up')
    .addTag('Forecasts', 'When orders will be finished, which will be late, and how good such answers were')
    .addTag('KPIs', 'Key figures of a window of time')
    .addTag('Ingestion', 'Loading a workbook and its report')
    .addTag('Operations', 'What the product says of itself and of the data it serves')
    .addTag('Health', 'Is the service up, and whose data does it serve')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'api-key')
    .build();
  return SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** Serves the documentation. The document is built at the first request: at start it would delay listening. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => buildOpenApi(app), {
    customSiteTitle: 'PRODPLAN API',
    swaggerOptions: {
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      tryItOutEnabled: true,
      deepLinking: true,
      validatorUrl: null,
    },
    // The bar holds the maker's logo and nothing of ours.
    customCss: '.swagger-ui .topbar { display: none }',
  });
}
