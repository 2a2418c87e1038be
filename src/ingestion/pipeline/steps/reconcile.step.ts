import { SHEETS } from '@libs/workbook';
import { sqlFile } from '../../../database/sql-file';
import { accountOf, onRun, type MatchRate, type Step } from '../run-state';

const READ_SHEET_ACCOUNTS = sqlFile(__dirname, '../sql/read_sheet_accounts.sql');
const READ_MATCH_RATES = sqlFile(__dirname, '../sql/read_match_rates.sql');
const READ_AS_OF = sqlFile(__dirname, '../sql/read_as_of.sql');

interface StoredAccount {
  sheet: string;
  extracted: number;
  inserted: number;
  updated: number;
  unchanged: number;
  duplicates: number;
  quarantined: number;
}

/**
 * Settles what the data as a whole say: the data clock and, for a workbook that repeats the published data, its
 * accounting and match rates, which are theirs with every kept row unchanged.
 */
export const reconcileStep: Step = {
  name: 'reconcile',
  weight: 1,
  async run(state) {
    if (state.sameAs !== undefined) {
      const accounts = await onRun<StoredAccount>(state, READ_SHEET_ACCOUNTS, [state.sameAs]);
      for (const stored of accounts.rows) {
        const entity = SHEETS.find((sheet) => sheet.sheet === stored.sheet)?.entity;
        if (entity === undefined) continue;
        const account = accountOf(state, entity);
        account.extracted = stored.extracted;
        account.duplicates = stored.duplicates;
        account.quarantined = stored.quarantined;
        account.unchanged = stored.inserted + stored.updated + stored.unchanged;
        state.kept.set(entity, account.unchanged);
      }
      state.matchRates = (await onRun<MatchRate>(state, READ_MATCH_RATES, [state.sameAs])).rows;
    }
    const { rows } = await onRun<{ as_of: Date | null }>(state, READ_AS_OF);
    state.asOf = rows[0].as_of;
    const kept = [...state.kept.values()].reduce((sum, count) => sum + count, 0);
    return { rowsIn: kept, rowsOut: kept, rowsRejected: 0 };
  },
};
