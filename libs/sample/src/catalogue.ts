import {
  FAMILIES,
  LAY_UPS,
  POPULARITY,
  RIVERS,
  ROWS_PER_WORKER,
  SIZES,
  WORK_CLASSES,
  type Family,
} from './factory-tables';
import { FASES, MO, MOULDED_ROUTE, ROUTE_EXTRAS, ROUTE_SHAPES, ROUTE_SPARES, type RouteType } from './phase-types';
import { PURPOSE } from './purposes';
import { Random, runningSums } from '@libs/random';
import { REAL_ROWS, type ResolvedOptions, type SampleSizes } from './sample-options';
import { settle, Spread } from './spread';

export interface Product {
  id: number;
  /** False for the products that orders name and Modelos does not. */
  known: boolean;
  name: string;
  family: Family;
  /** The first coefficient of its ordinary phases. */
  workClass: number;
  /** In hundredths of the workbook's unit. */
  demoulded: number;
  finished: number;
  gelDeck: number;
  gelHull: number;
  route: readonly RouteType[];
}

export interface Worker {
  id: number;
  name: string;
  active: boolean;
  /** Whether any work is booked on them: 175 of 301. */
  onFloor: boolean;
  /** Fase_Id of each of its rows; a repeated one is a duplicate. */
  aptitudes: readonly number[];
}

export interface Catalogue {
  products: readonly Product[];
  unknownProducts: readonly Product[];
  /** Running sums of how often each known product is ordered. */
  demand: readonly number[];
  workers: readonly Worker[];
  /** Indexes of the workers apt for a Fase_Id. */
  aptFor: ReadonlyMap<number, readonly number[]>;
  /** Indexes of the workers on whom work is booked (all where they are too few for a team). */
  everybody: readonly number[];
}

const LARGEST_TEAM = 5;

/** Products, routes, phase types and workers of the made-up factory; the same for the same options. */
export function makeCatalogue(options: ResolvedOptions, sizes: SampleSizes): Catalogue {
  const { seed } = options;
  const known = sizes.rows.Modelos;
  const products = Array.from({ length: known }, (_, index) => makeProduct(seed, index, known, true));
  fitRoutes(seed, products, sizes.rows.FasesStandardModelos);
  const ranks = new Spread(known, seed, PURPOSE.FAMILY);
  const workers = makeWorkers(options, sizes);
  const onFloor = workers.flatMap((worker, index) => (worker.onFloor ? [index] : []));
  const aptFor = new Map<number, number[]>();
  workers.forEach((worker, index) => {
    if (!worker.onFloor) return;
    for (const type of new Set(worker.aptitudes)) {
      const apt = aptFor.get(type);
      if (apt) apt.push(index);
      else aptFor.set(type, [index]);
    }
  });
  return {
    products,
    unknownProducts: Array.from({ length: sizes.unknownProducts }, (_, index) =>
      makeProduct(seed, index, known, false),
    ),
    demand: runningSums(
      products.map((product, index) => popularity(ranks.placeOf(index), known) * product.family.demand),
    ),
    workers,
    aptFor,
    everybody: onFloor.length >= LARGEST_TEAM ? onFloor : workers.map((_, index) => index),
  };
}

/** The entry of a table of evenly spaced ranks for place `rank` of `count`. */
function atRank(table: readonly number[], rank: number, count: number): number {
  return table[Math.floor((rank * (table.length - 1)) / Math.max(1, count - 1))];
}

/** Orders of the product at a rank, were the catalogue of the real size. */
function popularity(place: number, count: number): number {
  const rank = Math.floor((place * REAL_ROWS.Modelos) / count);
  const next = POPULARITY.findIndex(([known]) => known > rank);
  if (next < 0) return POPULARITY[POPULARITY.length - 1][1];
  const [[from, high], [to, low]] = [POPULARITY[next - 1], POPULARITY[next]];
  return high + Math.floor(((low - high) * (rank - from)) / (to - from));
}

function makeProduct(seed: number, index: number, known: number, isKnown: boolean): Product {
  const random = new Random(seed, PURPOSE.PRODUCT, isKnown ? index : known + index);
  const family = FAMILIES[random.weighted(runningSums(FAMILIES.map((one) => one.products)))];
  const shape = family.isMoulded
    ? MOULDED_ROUTE
    : ROUTE_SHAPES[random.weighted(runningSums(ROUTE_SHAPES.map((one) => one.share)))].types;
  // Half kilograms, as catalogues have them.
  const weight = (table: readonly number[]): number => Math.round(random.quantile(table) / 50) * 50;
  const river = RIVERS[index % RIVERS.length];
  const size = SIZES[Math.floor(index / RIVERS.length) % SIZES.length];
  const layUp = LAY_UPS[Math.floor(index / (RIVERS.length * SIZES.length)) % LAY_UPS.length];
  const series = Math.floor(index / (RIVERS.length * SIZES.length * LAY_UPS.length)) + 1;
  return {
    // Unknown products have ids after all the known ones.
    id: isKnown ? 20_000 + 7 * index + random.below(7) : 21_000 + 7 * known + 3 * index,
    known: isKnown,
    name: `${family.name} ${river} ${series} ${size} ${layUp}`,
    family,
    workClass: random.pick(WORK_CLASSES),
    demoulded: weight(family.demoulded),
    finished: weight(family.finished),
    gelDeck: random.quantile(family.gelDeck),
    gelHull: random.quantile(family.gelHull),
    route: shape,
  };
}

/** Adds and takes single steps until all routes together have `total` rows. */
function fitRoutes(seed: number, products: Product[], total: number): void {
  const spread = new Spread(products.length, seed, PURPOSE.ROUTE_LENGTH);
  const lengths = Uint8Array.from(products, (product) => product.route.length);
  settle(
    lengths,
    total,
    spread,
    (index) => Math.max(products[index].route.length - ROUTE_SPARES.length, 4),
    (index) => products[index].route.length + ROUTE_EXTRAS.length,
  );
  products.forEach((product, index) => {
    product.route = routeOfLength(product.route, lengths[index]);
  });
}

function routeOfLength(route: readonly RouteType[], length: number): readonly RouteType[] {
  const steps = [...route];
  for (const spare of ROUTE_SPARES) {
    const at = steps.indexOf(spare);
    if (steps.length > length && at >= 0) steps.splice(at, 1);
  }
  while (steps.length > length) steps.pop();
  for (const extra of ROUTE_EXTRAS) if (steps.length < length) steps.splice(steps.indexOf(MO), 0, extra);
  return steps;
}

function makeWorkers(options: ResolvedOptions, sizes: SampleSizes): Worker[] {
  const { seed, faults } = options;
  const rows = sizes.rows.Funcionarios;
  const count = sizes.workers;
  const types = FASES.map((_, index) => index + 1).filter((id) => FASES[id - 1][4] > 0);
  const frequency = types.map((id) => FASES[id - 1][4]);
  const perWorker = Uint8Array.from({ length: count }, (_, index) => atRank(ROWS_PER_WORKER, index, count));
  const spread = new Spread(count, seed, PURPOSE.WORKER);
  // One aptitude must remain for a duplicate to repeat, and no worker can have more than there are types.
  settle(
    perWorker,
    rows,
    spread,
    () => 1,
    () => types.length,
  );

  const repeatable = perWorker.reduce((sum, one) => sum + (one > 1 ? 1 : 0), 0);
  const repeats = Math.min(repeatable, Math.round(rows * faults.duplicateAptitudes));
  const repeated = new Spread(repeatable, seed, PURPOSE.APTITUDE);
  let ordinal = 0;
  const order = new Spread(count, seed, PURPOSE.WORKER_FAULTS);
  return Array.from({ length: count }, (_, index) => {
    const place = order.placeOf(index);
    const random = new Random(seed, PURPOSE.WORKER, index);
    const left = [...frequency];
    const aptitudes: number[] = [];
    while (aptitudes.length < perWorker[place]) {
      const chosen = random.weighted(runningSums(left));
      aptitudes.push(types[chosen]);
      left[chosen] = 0;
    }
    if (aptitudes.length > 1 && repeated.placeOf(ordinal++) < repeats) aptitudes[aptitudes.length - 1] = aptitudes[0];
    const id = 4000 + 3 * index + random.below(3);
    return { id, name: `Operador ${id}`, active: random.chance(133, 301), onFloor: random.chance(175, 301), aptitudes };
  });
}
