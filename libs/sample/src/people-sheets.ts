import type { Cell } from '@libs/xlsx-writer';
import type { Catalogue } from './catalogue';
import type { Factory, OrderVisit } from './factory';
import { isManned } from './factory-totals';
import { DEFECTS, SEVERITIES } from './factory-tables';
import { NONE } from './order-history';
import { MARK, phaseReject } from './phase-marks';
import { DE, QF } from './phase-types';
import { PURPOSE } from './purposes';
import { Random, runningSums } from '@libs/random';
import type { RowSink } from './row-sink';
import type { AccountKeeper, RejectReason } from './sample-account';
import { Spread } from './spread';

/** Ids below those of all workers. */
const UNKNOWN_WORKERS = [9, 17];
/** Of 360,646 assigned phases, how many have a team of 3, 4, 5; the surplus of rows makes pairs. */
const TEAMS = { three: 196 / 360_646, four: 64 / 360_646, five: 14 / 360_646 };
const NO_CULPRIT = 37_303 / 89_836;
const DEFECT_SUMS = runningSums(DEFECTS.map(([, frequency]) => frequency));
const SEVERITY_SUMS = runningSums(SEVERITIES);

/** Writes FuncionariosFaseOrdemFabrico, and notes the match rate that it leads to. */
export async function writeAssignments(factory: Factory, sink: RowSink, account: AccountKeeper): Promise<void> {
  const desk = new AssignmentDesk(factory, sink, account);
  for (const visit of factory.visit()) {
    for (let position = 0; position < visit.history.count; position++) {
      const written = desk.assign(visit, position);
      if (written) await written;
    }
  }
  account.matchRates.push({ name: 'employee_productivity', matches: desk.matches, total: desk.distinct });
}

/** Another answer to who led. */
export function contradictAssignment(row: readonly Cell[]): Cell[] {
  return [row[0], row[1], row[2] === 1 ? 0 : 1];
}

/** Decides which phases, and which that are none, have workers, and who. Counts are exact: see Spread. */
class AssignmentDesk {
  matches = 0;
  distinct = 0;
  private readonly absent: { spread: Spread; count: number };
  private readonly manned: { spread: Spread; count: number; seen: number };
  private readonly other: { spread: Spread; count: number; seen: number };
  private readonly team: { spread: Spread; pairs: number; three: number; four: number; five: number };
  private readonly faults: { spread: Spread; unknown: number; missing: number; seen: number };
  private readonly random: Random;

  constructor(
    private readonly factory: Factory,
    private readonly sink: RowSink,
    private readonly account: AccountKeeper,
  ) {
    const { options, sizes, totals } = factory;
    const { seed } = options;
    const distinct = sizes.assignedPhases;
    const existing = Math.round(distinct * options.assignmentMatchRate);
    const manned = Math.min(existing, totals.manned);
    this.random = new Random(seed, PURPOSE.ASSIGNMENT);
    this.absent = { spread: new Spread(totals.phases, seed, PURPOSE.ASSIGNED_MISSING), count: distinct - existing };
    this.manned = { spread: new Spread(totals.manned, seed, PURPOSE.ASSIGNED_MANUAL), count: manned, seen: 0 };
    this.other = {
      spread: new Spread(totals.phases - totals.manned, seed, PURPOSE.ASSIGNED_OTHER),
      count: existing - manned,
      seen: 0,
    };

    const rows = sizes.rows.FuncionariosFaseOrdemFabrico;
    const of = (share: number): number => Math.round(distinct * share);
    const [three, four, five] = [of(TEAMS.three), of(TEAMS.four), of(TEAMS.five)];
    const pairs = rows - distinct - 2 * three - 3 * four - 4 * five;
    this.team = { spread: new Spread(distinct, seed, PURPOSE.ASSIGNED_TEAM), pairs, three, four, five };
    const count = (rate: number): number => Math.round(rows * rate);
    this.faults = {
      // The first two of a team, since there are two unknown workers.
      spread: new Spread(distinct + pairs + three + four + five, seed, PURPOSE.ASSIGNMENT_FAULTS),
      unknown: count(options.faults.unknownWorkers),
      missing: count(options.faults.assignmentsMissingKey),
      seen: 0,
    };
  }

  assign(visit: OrderVisit, position: number): Promise<void> | undefined {
    const { history } = visit;
    const step = visit.byId[position];
    const type = history.types[step];
    const manned = history.start[step] !== NONE && isManned(type);
    const choice = manned ? this.manned : this.other;
    const isAssigned = choice.spread.placeOf(choice.seen++) < choice.count;
    const isAbsentAssigned = this.absent.spread.placeOf(visit.phasesBefore + position) < this.absent.count;
    if (!isAssigned && !isAbsentAssigned) return undefined;
    return this.write(visit, step, isAssigned, isAbsentAssigned);
  }

  private async write(visit: OrderVisit, step: number, isAssigned: boolean, isAbsentAssigned: boolean): Promise<void> {
    const mark = visit.marker.marks[step];
    const absentFirst = visit.absentIds[step] < visit.phaseIds[step];
    const absent = (): Promise<void> | undefined => this.writeTeam(visit, step, visit.absentIds[step], false);
    if (isAbsentAssigned && absentFirst) await absent();
    if (isAssigned) {
      // A phase that lost its id in the export is one that does not exist.
      if (mark !== MARK.MISSING_KEY) this.matches++;
      const isKept = phaseReject(mark, visit.history.state.missingKey) === undefined;
      await this.writeTeam(visit, step, visit.phaseIds[step], isKept);
    }
    if (isAbsentAssigned && !absentFirst) await absent();
  }

  private async writeTeam(visit: OrderVisit, step: number, phaseId: number, isKept: boolean): Promise<void> {
    const { sink, account, random, factory } = this;
    const place = this.team.spread.placeOf(this.distinct++);
    const size = this.teamSize(place);
    random.reseed(factory.options.seed, PURPOSE.ASSIGNMENT, phaseId);
    const apt = aptWorkers(factory.catalogue, visit.history.types[step].id, size);
    // The lower of two draws: some hands are asked more often than others.
    const first = Math.min(random.below(apt.length), random.below(apt.length));
    for (let member = 0; member < size; member++) {
      let worker: Cell = factory.catalogue.workers[apt[(first + member) % apt.length]].id;
      let reject: RejectReason | undefined;
      const fault = member < 2 ? this.faults.spread.placeOf(this.faults.seen++) : Number.MAX_SAFE_INTEGER;
      if (fault < this.faults.unknown) {
        account.faults.unknownWorkers++;
        worker = UNKNOWN_WORKERS[member];
        reject = 'UNKNOWN_WORKER';
      } else if (fault < this.faults.unknown + this.faults.missing) {
        account.faults.assignmentsMissingKey++;
        worker = sink.null();
        reject = 'NULL_KEY';
      }
      const written = sink.add([phaseId, worker, member === 0 ? 1 : 0], reject, isKept ? undefined : ['ORPHAN_PHASE']);
      if (written) await written;
    }
  }

  private teamSize(place: number): number {
    const { pairs, three, four, five } = this.team;
    if (place < pairs) return 2;
    if (place < pairs + three) return 3;
    if (place < pairs + three + four) return 4;
    return place < pairs + three + four + five ? 5 : 1;
  }
}

/** Those apt for the type; everybody where they are fewer than the team. */
function aptWorkers(catalogue: Catalogue, typeId: number, teamSize: number): readonly number[] {
  const apt = catalogue.aptFor.get(typeId) ?? [];
  return apt.length >= teamSize ? apt : catalogue.everybody;
}

/** Writes OrdemFabricoErros: the errors of orders, then those of orders that do not exist. */
export async function writeErrors(factory: Factory, sink: RowSink, account: AccountKeeper): Promise<void> {
  const desk = new InspectionDesk(factory, sink, account);
  for (const visit of factory.visit()) {
    if (factory.errorCounts[visit.history.index] > 0) await desk.inspect(visit);
  }
  await desk.inspectStrangers();
}

/** Finds the errors of an order: where they were seen, who is blamed, how bad they are. */
class InspectionDesk {
  private readonly random: Random;
  private readonly culprits: Spread;
  private readonly severities: Spread;
  private readonly withoutCulprit: number;
  private readonly invalid: number;
  private rows = 0;

  constructor(
    private readonly factory: Factory,
    private readonly sink: RowSink,
    private readonly account: AccountKeeper,
  ) {
    const { options, sizes } = factory;
    const rows = sizes.rows.OrdemFabricoErros;
    this.random = new Random(options.seed, PURPOSE.ERRORS);
    this.culprits = new Spread(rows, options.seed, PURPOSE.ERROR_CULPRIT);
    this.severities = new Spread(rows, options.seed, PURPOSE.ERROR_SEVERITY);
    this.withoutCulprit = Math.round(rows * NO_CULPRIT);
    this.invalid = Math.round(rows * options.faults.invalidSeverity);
  }

  async inspect(visit: OrderVisit): Promise<void> {
    const { factory, random, sink } = this;
    const { history } = visit;
    random.reseed(factory.options.seed, PURPOSE.ERRORS, history.index);
    const isUnknown = history.state.missingKey;
    const seen = new Set<number>();
    for (let error = factory.errorCounts[history.index]; error > 0; error--) {
      const evaluation = this.evaluationStep(visit);
      const culprit =
        this.culprits.placeOf(this.rows) < this.withoutCulprit ? NONE : this.culpritStep(visit, evaluation);
      let defect = random.weighted(DEFECT_SUMS);
      while (seen.has(defect)) defect = (defect + 1) % DEFECTS.length;
      seen.add(defect);
      const { severity, reject } = this.severity(isUnknown);
      const lost = (step: number): boolean =>
        step !== NONE && phaseReject(visit.marker.marks[step], isUnknown) !== undefined;
      const written = sink.add(
        [
          DEFECTS[defect][0],
          history.id,
          history.types[evaluation].id,
          severity,
          visit.phaseIds[evaluation],
          culprit === NONE ? sink.null() : visit.phaseIds[culprit],
        ],
        reject,
        lost(evaluation) || lost(culprit) ? ['ORPHAN_PHASE'] : undefined,
      );
      if (written) await written;
    }
  }

  /** Errors of orders, and phases, that are nowhere: 9 errors to 5 orders. */
  async inspectStrangers(): Promise<void> {
    const { factory, account, sink } = this;
    const firstOrder = 100_000 + 3 * factory.book.count + 10;
    for (let error = 0; error < factory.errorsOfUnknownOrders; error++) {
      account.faults.errorsOfUnknownOrders++;
      const culprit =
        this.culprits.placeOf(this.rows) < this.withoutCulprit ? sink.null() : factory.nextPhaseId + 2 * error + 1;
      const { severity } = this.severity(true);
      await sink.add(
        [
          DEFECTS[error % DEFECTS.length][0],
          firstOrder + Math.floor((error * 5) / 9),
          DE.id,
          severity,
          factory.nextPhaseId + 2 * error,
          culprit,
        ],
        'UNKNOWN_ORDER',
      );
    }
  }

  /** Of 28 errors 27 are seen when the boat leaves the mould, one at the final control. */
  private evaluationStep(visit: OrderVisit): number {
    const { history } = visit;
    const wanted = this.random.chance(27, 28) ? DE : QF;
    const begun = (type: unknown): number[] => {
      const steps: number[] = [];
      for (let step = 0; step < history.count; step++) {
        if (history.start[step] !== NONE && history.types[step] === type) steps.push(step);
      }
      return steps;
    };
    const first = begun(wanted);
    const steps = first.length > 0 ? first : begun(wanted === DE ? QF : DE);
    return steps.length > 0 ? this.random.pick(steps) : 0;
  }

  /** Mostly of what was done before the evaluation, by how often each kind of work is blamed. */
  private culpritStep(visit: OrderVisit, evaluation: number): number {
    const { history } = visit;
    const last = this.random.chance(4, 5) ? evaluation : history.count - 1;
    const sums: number[] = [];
    let sum = 0;
    for (let step = 0; step <= last; step++) {
      if (history.start[step] !== NONE) sum += history.types[step].blame;
      sums.push(sum);
    }
    return sum === 0 ? 0 : this.random.weighted(sums);
  }

  /** An unknown order is found before a severity that is none. */
  private severity(orderIsUnknown: boolean): { severity: number; reject: RejectReason | undefined } {
    const unknown: RejectReason | undefined = orderIsUnknown ? 'UNKNOWN_ORDER' : undefined;
    if (this.severities.placeOf(this.rows++) >= this.invalid) {
      return { severity: 1 + this.random.weighted(SEVERITY_SUMS), reject: unknown };
    }
    this.account.faults.invalidSeverity++;
    return { severity: 7, reject: unknown ?? 'INVALID_SEVERITY' };
  }
}
