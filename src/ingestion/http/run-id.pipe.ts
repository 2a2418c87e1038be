import { Injectable, PipeTransform } from '@nestjs/common';
import { InvalidRequestError } from '../../common/domain-error';

const SHOWN_CHARACTERS = 40;

/** The run_id of a path. @throws InvalidRequestError when it is no whole number from 1 */
@Injectable()
export class RunIdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    const runId = Number(value);
    if (/^\d{1,16}$/.test(value) && Number.isSafeInteger(runId) && runId > 0) return runId;
    throw new InvalidRequestError(
      `run_id is '${value.slice(0, SHOWN_CHARACTERS)}': it must be a whole number from 1. The runs are listed at /api/ingestion/runs.`,
    );
  }
}
