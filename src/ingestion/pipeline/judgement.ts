import { SHEETS, sheetOf, type Entity } from '@libs/workbook';
import { CountMismatchError } from '../ingestion.errors';
import { accountOf, onRun, type RunState } from './run-state';
import { REFERENCES, sheetStatement } from './sheet-sql';

interface Staged {
  readonly staged: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly kept: number;
}

/**
 * Decides, in staging, which rows are kept: duplicates first, then what each row's own cells ruled out while reading,
 * then references to what is not kept. A sheet is judged on the run's own connection as soon as all of it has arrived
 * and those it refers to are judged, so that by the end of reading only the largest sheet is left.
 */
export class Judgement {
  private readonly arrived = new Set<Entity>();
  private readonly judged = new Set<Entity>();
  private going: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly state: RunState) {}

  /** To be called when every part of the sheet has been read into staging. */
  arrive(entity: Entity): void {
    this.going = this.going.then(() => this.proceed(entity));
    // It is awaited by finish() or stop(); until then it may fail unheard.
    this.going.catch(() => undefined);
  }

  /** Resolves when all that has arrived is judged. */
  async finish(): Promise<void> {
    await this.going;
    const missing = SHEETS.filter(({ entity }) => !this.judged.has(entity));
    if (missing.length > 0) throw new Error(`not judged: ${missing.map(({ sheet }) => sheet).join(', ')}`);
  }

  /** Ends the judgement, also before its time; afterwards it does nothing more on the run's connection. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.going.catch(() => undefined);
  }

  private async proceed(entity: Entity): Promise<void> {
    if (this.isStopped) return;
    await onRun(this.state, sheetStatement('analyze_staging.sql', entity));
    if (!keysAreDistinct(this.state, entity)) await onRun(this.state, sheetStatement('mark_duplicates.sql', entity));
    this.arrived.add(entity);
    // SHEETS come in the order in which they refer to one another.
    for (const { entity: next } of SHEETS) {
      if (!this.arrived.has(next) || this.judged.has(next)) continue;
      if ((REFERENCES[next] ?? []).every(({ referenced }) => this.judged.has(referenced))) await this.judge(next);
    }
  }

  private async judge(entity: Entity): Promise<void> {
    const { state } = this;
    for (const reference of REFERENCES[entity] ?? []) {
      if (this.isStopped) return;
      const header = sheetOf(entity).columns.find((column) => column.column === reference.column)?.header;
      await onRun(
        state,
        sheetStatement('reject_unknown_reference.sql', entity, {
          column: reference.column,
          referenced_raw: `${reference.referenced}_raw`,
          referenced_column: reference.referencedColumn,
        }),
        [reference.code, header, reference.what],
      );
    }
    const { rows } = await onRun<Staged>(state, sheetStatement('count_staged.sql', entity));
    const account = accountOf(state, entity);
    account.duplicates = rows[0].duplicates;
    account.quarantined = rows[0].quarantined;
    state.kept.set(entity, rows[0].kept);
    state.staged.set(entity, rows[0].staged);
    this.judged.add(entity);
  }
}

/** @throws CountMismatchError where a sheet has other rows in staging than were read */
export function requireAllStaged(state: RunState, stagedOf: (entity: Entity) => number): void {
  const mismatches = SHEETS.map(({ entity, sheet }) => ({
    sheet,
    what: 'staged',
    expected: accountOf(state, entity).extracted,
    found: stagedOf(entity),
  })).filter(({ expected, found }) => expected !== found);
  if (mismatches.length > 0) throw new CountMismatchError(mismatches);
}

/**
 * Whether the profile of all rows, which counts a key's values exactly, has already found as many as there are rows: then
 * no key comes twice, and half a million of them need not be grouped.
 */
function keysAreDistinct(state: RunState, entity: Entity): boolean {
  const { key, columns } = sheetOf(entity);
  const parts = state.parts.filter((part) => part.entity === entity);
  if (key.length !== 1 || parts.length !== 1) return false;
  const { rows, columns: profiles } = state.visited.get(parts[0].index)!.profile;
  const numbers = profiles[columns.findIndex(({ column }) => column === key[0])].numbers;
  return numbers?.distinct.kind === 'exact' && numbers.count === rows && numbers.distinct.values.length === rows;
}
