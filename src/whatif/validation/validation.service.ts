import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ValidationReport } from '@libs/simulation';
import { runInThread } from '../../common/run-in-thread';
import type { EngineValidationDto } from './validation.dto';

const THREAD = join(__dirname, 'validation-thread');

/**
 * The validation of the simulation engine. It depends on the engine alone, and a process has one version of it: computed
 * at the first request, once however many ask, and kept.
 */
@Injectable()
export class ValidationService {
  private report: Promise<EngineValidationDto> | undefined;

  read(): Promise<EngineValidationDto> {
    this.report ??= this.compute();
    return this.report;
  }

  private async compute(): Promise<EngineValidationDto> {
    try {
      const { engineVersion, passed, checks } = await runInThread<ValidationReport>(THREAD);
      return { engine_version: engineVersion, passed, checks };
    } catch (error) {
      // The next request tries again.
      this.report = undefined;
      throw error;
    }
  }
}
