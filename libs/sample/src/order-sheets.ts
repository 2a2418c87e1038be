import type { Cell } from '@libs/xlsx-writer';
import type { Product } from './catalogue';
import type { Factory, OrderVisit } from './factory';
import { dayFirstText, dayNumber, isoText, MINUTES_PER_DAY } from './factory-calendar';
import { MIXED_UP_MINUTES } from './factory-tables';
import { NONE } from './order-history';
import { MARK, phaseReject } from './phase-marks';
import type { RouteType } from './phase-types';
import { PURPOSE } from './purposes';
import { Random } from '@libs/random';
import type { RowSink } from './row-sink';
import type { AccountKeeper, IssueCode } from './sample-account';
import { Spread } from './spread';

/** Of 26,224 finished orders 1,944 have no due day, of 1,156 open ones 786. */
const NO_DUE = { finished: 1944 / 26_224, open: 786 / 1156 };
/** What the export writes for 'no date'. */
const SENTINEL_MINUTE = dayNumber(1900, 1, 1) * MINUTES_PER_DAY;
const FUTURE_MINUTE = dayNumber(2099, 1, 1) * MINUTES_PER_DAY;

/** Writes OrdensFabrico, its faults included. */
export async function writeOrders(factory: Factory, sink: RowSink, account: AccountKeeper): Promise<void> {
  const { seed } = factory.options;
  const { book } = factory;
  const finishedOrders = book.count - book.active - book.dormant - book.atRest;
  const dueFinished = new Spread(finishedOrders, seed, PURPOSE.DUE_FINISHED);
  const dueOpen = new Spread(book.count - finishedOrders, seed, PURPOSE.DUE_OPEN);
  const without = {
    finished: Math.round(finishedOrders * NO_DUE.finished),
    open: Math.round((book.count - finishedOrders) * NO_DUE.open),
  };
  let finishedSeen = 0;
  let openSeen = 0;
  for (const { history } of factory.visit()) {
    const { fate, finishedBeforeCreated, missingKey } = history.state;
    const hasDue =
      fate === 'finished'
        ? dueFinished.placeOf(finishedSeen++) >= without.finished
        : dueOpen.placeOf(openSeen++) >= without.open;
    const issues: IssueCode[] = [];
    if (!history.product.known) issues.push('ORPHAN_PRODUCT');
    let finish = history.finish;
    if (finishedBeforeCreated) {
      account.faults.finishedBeforeCreated++;
      issues.push('INVALID_TIME_RANGE');
      finish = history.created - (1 + (history.id % 90)) * MINUTES_PER_DAY;
    }
    if (fate === 'atRest') {
      account.faults.missingFinish++;
      issues.push('MISSING_FINISH');
    }
    if (fate === 'dormant') account.faults.dormantOrders++;
    if (missingKey) account.faults.ordersMissingKey++;
    const written = sink.add(
      [
        missingKey ? sink.null() : history.id,
        dateCell(history.created),
        finish === NONE ? sink.null() : dateCell(finish),
        history.product.id,
        history.currentType,
        hasDue ? dateCell(history.due) : sink.null(),
      ],
      missingKey ? 'NULL_KEY' : undefined,
      issues,
    );
    if (written) await written;
  }
  account.faults.unknownProducts = factory.catalogue.unknownProducts.length;
  const matches = factory.catalogue.products.length;
  account.matchRates.push({ name: 'produto_join', matches, total: matches + account.faults.unknownProducts });
}

/** Another due day. */
export function contradictOrder(row: readonly Cell[]): Cell[] {
  return [...row.slice(0, 5), { date: 2_000_000_000 - (2_000_000_000 % 86_400) }];
}

/** Writes FasesOrdemFabrico, its faults included. */
export async function writePhases(factory: Factory, sink: RowSink, account: AccountKeeper): Promise<void> {
  const random = new Random(factory.options.seed, PURPOSE.PHASE_FAULTS);
  for (const visit of factory.visit()) {
    random.reseed(factory.options.seed, PURPOSE.PHASE_FAULTS, visit.history.index);
    for (let position = 0; position < visit.history.count; position++) {
      const written = addPhase(visit, visit.byId[position], random, sink, account);
      if (written) await written;
    }
  }
}

/** Another coefficient. */
export function contradictPhase(row: readonly Cell[]): Cell[] {
  return row.map((cell, column) => (column === 5 ? 99 : cell));
}

function addPhase(
  visit: OrderVisit,
  step: number,
  random: Random,
  sink: RowSink,
  account: AccountKeeper,
): Promise<void> | undefined {
  const { history, marker } = visit;
  const { product, state } = history;
  const type = history.types[step];
  const mark = marker.marks[step];
  const row: Cell[] = [
    visit.phaseIds[step],
    history.id,
    history.start[step] === NONE ? sink.null() : dateCell(history.start[step]),
    history.end[step] === NONE ? sink.null() : dateCell(history.end[step]),
    marker.planned[step] ? dateCell(plannedFor(history.start[step], history.created, random)) : sink.null(),
    coefficient(type, product),
    coefficientX(type, product, marker.fractions[step] === 1),
    type.id,
    weight(type, product, random),
    history.again[step],
    marker.shifts[step] === 0 ? sink.null() : marker.shifts[step],
    history.sequence[step],
  ];
  if (marker.fractions[step] === 1) account.faults.numbersAsText++;
  const issues: IssueCode[] = [];
  spoil(row, mark, visit, step, random, sink, account, issues);
  const open = mark === MARK.STALE_OPEN || (history.start[step] !== NONE && history.end[step] === NONE);
  if (open && (state.fate === 'finished' || state.fate === 'atRest')) issues.push('STALE_OPEN_PHASE');
  return sink.add(row, phaseReject(mark, state.missingKey), issues);
}

/** Puts into a row what is the matter with it. */
function spoil(
  row: Cell[],
  mark: number,
  { history }: OrderVisit,
  step: number,
  random: Random,
  sink: RowSink,
  account: AccountKeeper,
  issues: IssueCode[],
): void {
  const { faults } = account;
  const start = history.start[step];
  const end = history.end[step];
  switch (mark) {
    case MARK.NO_DATE:
      faults.noDate++;
      row[2] = sink.null();
      row[3] = sink.null();
      break;
    case MARK.PLANNED_ONLY:
      row[2] = sink.null();
      row[3] = sink.null();
      break;
    case MARK.FUTURE_DATE:
      faults.futureDates++;
      faults.noDate++;
      issues.push('FUTURE_DATE');
      row[2] = dateCell(FUTURE_MINUTE);
      row[3] = sink.null();
      break;
    case MARK.STALE_OPEN:
      faults.staleOpen++;
      row[3] = sink.null();
      break;
    case MARK.END_BEFORE_START:
      faults.endBeforeStart++;
      row[3] = dateCell(start - random.quantile(MIXED_UP_MINUTES));
      break;
    case MARK.SENTINEL_START:
      faults.sentinelStart++;
      issues.push('SENTINEL_DATE');
      row[2] = dateCell(SENTINEL_MINUTE);
      break;
    case MARK.MISSING_KEY:
      faults.phasesMissingKey++;
      row[0] = sink.null();
      break;
    case MARK.TEXT_IN_NUMBER:
      faults.textInNumber++;
      row[8] = 'por pesar';
      break;
    case MARK.ERROR_CELL:
      faults.errorCells++;
      row[5] = { error: '#N/A' };
      break;
    case MARK.ISO_TEXT:
      faults.isoTextDates++;
      row[2] = isoText(start);
      row[3] = isoText(end);
      break;
    case MARK.DAY_FIRST_TEXT:
      faults.dayFirstTextDates++;
      row[2] = dayFirstText(start);
      row[3] = dayFirstText(end);
      break;
    case MARK.DECIMAL_COMMA:
      faults.decimalCommas++;
      row[8] = `${random.between(5, 30)},${random.between(1, 9)}`;
      break;
  }
}

function dateCell(minute: number): Cell {
  return { date: minute * 60 };
}

function plannedFor(start: number, created: number, random: Random): number {
  const day = Math.floor((start === NONE ? created : start) / MINUTES_PER_DAY);
  return (day + random.between(start === NONE ? 5 : -3, start === NONE ? 30 : 2)) * MINUTES_PER_DAY;
}

/** The coefficient of a phase type for a product, which routes and phases share. */
export function coefficient(type: RouteType, product: Product): number {
  return type.coefficients === 'product' ? product.workClass : type.coefficients[product.id % type.coefficients.length];
}

/** Fractions that do not end are text in the factory's export; where they are not asked for the coefficient is 0. */
export function coefficientX(type: RouteType, product: Product, asText: boolean): Cell {
  if (asText && type.fractions) return type.fractions[product.id % type.fractions.length];
  return type.coefficientX[product.id % type.coefficientX.length];
}

/** What the scales said, within 6 % of the product's nominal weight; 0 where nobody weighed. */
function weight({ weighed }: RouteType, product: Product, random: Random): number {
  if (!weighed || !random.chance(weighed.share, 100)) return 0;
  return Math.floor((product[weighed.kind] * random.between(9400, 10_600)) / 10_000) / 100;
}
