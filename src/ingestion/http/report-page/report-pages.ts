import { Injectable } from '@nestjs/common';
import { SHEETS } from '@libs/workbook';
import { IngestionQueries } from '../../queries/ingestion.queries';
import type { RunReport } from '../../queries/run-report';
import type { ReasonExamples } from './render-findings';
import { renderReport } from './render-report';

/** Rows shown of each reason and sheet. */
const EXAMPLES = 3;

/** Reports of loads as pages. */
@Injectable()
export class ReportPages {
  constructor(private readonly queries: IngestionQueries) {}

  /** @param evidenceRunId the run that holds the rejects, another one where the content was the same */
  async render(report: RunReport, evidenceRunId: number): Promise<string> {
    return renderReport(report, await this.examples(report, evidenceRunId));
  }

  private examples({ rejects }: RunReport, runId: number): Promise<ReasonExamples[]> {
    return Promise.all(
      rejects.map(async ({ sheet, reason_code }) => {
        const entity = SHEETS.find((known) => known.sheet === sheet)?.entity;
        const page = await this.queries.listRejects(runId, { entity, code: reason_code }, { limit: EXAMPLES });
        const rows = page.rows.map((row) => ({
          sheet: row.sheet,
          row: row.src_row,
          cell: row.cell,
          reason: row.reason,
        }));
        return { sheet, reason_code, rows };
      }),
    );
  }
}
