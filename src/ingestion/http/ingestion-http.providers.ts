import type { Provider, Type } from '@nestjs/common';
import { EvidenceController } from './evidence.controller';
import { LoadController } from './load.controller';
import { ProgressController } from './progress.controller';
import { ProgressStreams } from './progress-streams';
import { ReportPages } from './report-page/report-pages';
import { RunsController } from './runs.controller';
import { RunViews } from './run-views';
import { WorkbookUploadInterceptor } from './workbook-upload.interceptor';

/** What IngestionModule adds to serve loads over HTTP. */
export const INGESTION_CONTROLLERS: Type[] = [LoadController, RunsController, EvidenceController, ProgressController];
export const INGESTION_HTTP_PROVIDERS: Provider[] = [ProgressStreams, ReportPages, RunViews, WorkbookUploadInterceptor];
