import { makeCatalogue, type Catalogue } from './catalogue';
import { FASES, MO, MOULDED_ROUTE, ROUTE_EXTRAS, ROUTE_SHAPES, ROUTE_SPARES, type RouteType } from './phase-types';
import { resolveOptions, sampleSizes, type SampleOptions, type SampleSizes } from './sample-options';

function made(options: SampleOptions): { catalogue: Catalogue; sizes: SampleSizes } {
  const resolved = resolveOptions(options);
  const sizes = sampleSizes(resolved);
  return { catalogue: makeCatalogue(resolved, sizes), sizes };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('makeCatalogue', () => {
  const { catalogue, sizes } = made({ scale: 0.25, seed: 5 });

  it.each([0.00001, 0.001, 0.25])(
    'has as many products, route steps and worker rows as asked for at scale %d',
    (scale) => {
      const { catalogue: one, sizes: wanted } = made({ scale, seed: 3 });
      expect(one.products).toHaveLength(wanted.rows.Modelos);
      expect(one.unknownProducts).toHaveLength(wanted.unknownProducts);
      expect(one.workers).toHaveLength(wanted.workers);
      expect(sum(one.products.map(({ route }) => route.length))).toBe(wanted.rows.FasesStandardModelos);
      expect(sum(one.workers.map(({ aptitudes }) => aptitudes.length))).toBe(wanted.rows.Funcionarios);
      for (const { aptitudes } of one.workers) expect(aptitudes.length).toBeGreaterThanOrEqual(1);
    },
  );

  it('gives every product an id and a name of its own, those that Modelos does not know after all others', () => {
    const known = catalogue.products.map(({ id }) => id);
    const unknown = catalogue.unknownProducts.map(({ id }) => id);
    expect(known).toEqual([...known].sort((a, b) => a - b));
    expect(new Set([...known, ...unknown]).size).toBe(known.length + unknown.length);
    expect(Math.min(...unknown)).toBeGreaterThan(Math.max(...known));
    expect(catalogue.products.every((product) => product.known)).toBe(true);
    expect(catalogue.unknownProducts.some((product) => product.known)).toBe(false);
    expect(new Set(catalogue.products.map(({ name }) => name.replace(/^\S+/, ''))).size).toBe(known.length);
    for (const { name, family } of catalogue.products) expect(name.startsWith(`${family.name} `)).toBe(true);
  });

  it('has routes that are a known shape with steps taken from it, or put in before the assembly', () => {
    const shapes = [MOULDED_ROUTE, ...ROUTE_SHAPES.map(({ types }) => types)];
    /**
     * Whether a route is the shape without its first spares, as many as there are too many steps (and then without its last steps), or with the
     * first extras before the assembly.
     */
    const isMadeOf = (route: readonly RouteType[], shape: readonly RouteType[]): boolean => {
      const left = [...shape];
      for (const spare of ROUTE_SPARES.filter((type) => shape.includes(type))) {
        if (left.length > route.length) left.splice(left.indexOf(spare), 1);
      }
      const extras = ROUTE_EXTRAS.slice(0, Math.max(0, route.length - shape.length));
      const assembly = left.indexOf(MO);
      const expected = [...left.slice(0, assembly), ...extras, ...left.slice(assembly)].slice(0, route.length);
      return expected.length === route.length && expected.every((type, i) => type === route[i]);
    };
    for (const { route } of catalogue.products) expect(shapes.some((shape) => isMadeOf(route, shape))).toBe(true);
    // What is moulded in one piece has the route of that.
    for (const { family, route } of catalogue.products) {
      expect(route[0] === MOULDED_ROUTE[0]).toBe(family.isMoulded === true);
    }
  });

  it('has weights in half kilograms within those of the family', () => {
    for (const { family, demoulded, finished, gelDeck, gelHull } of [
      ...catalogue.products,
      ...catalogue.unknownProducts,
    ]) {
      expect([demoulded % 50, finished % 50]).toEqual([0, 0]);
      const within = (value: number, table: readonly number[], step: number): void => {
        expect(value).toBeGreaterThanOrEqual(table[0] - step);
        expect(value).toBeLessThanOrEqual(table[table.length - 1] + step);
      };
      within(demoulded, family.demoulded, 25);
      within(finished, family.finished, 25);
      within(gelDeck, family.gelDeck, 0);
      within(gelHull, family.gelHull, 0);
    }
  });

  it('has products ordered very unequally: of 447 the first tenth makes half of all orders, the last half a twentieth', () => {
    const shares = catalogue.demand.map((demand, index) => demand - (catalogue.demand[index - 1] ?? 0));
    expect(shares).toHaveLength(447);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    const sorted = [...shares].sort((a, b) => b - a);
    const part = (from: number, to: number): number => sum(sorted.slice(from, to)) / sum(sorted);
    // By rank alone, of the table's broken line: the first 89 of 894 have 60 %, the last 447 5 %. Families shift some.
    expect(part(0, 45)).toBeGreaterThan(0.5);
    expect(part(0, 45)).toBeLessThan(0.75);
    expect(part(224, 447)).toBeGreaterThan(0.02);
    expect(part(224, 447)).toBeLessThan(0.08);
  });

  it('has workers apt for types of work that people do, for none twice but where a duplicate is asked for', () => {
    const { catalogue: plain } = made({ scale: 1, seed: 2, faults: { duplicateAptitudes: 0 } });
    for (const { aptitudes } of plain.workers) {
      expect(new Set(aptitudes).size).toBe(aptitudes.length);
      for (const type of aptitudes) expect(FASES[type - 1][4]).toBeGreaterThan(0);
    }
    const repeats = (duplicateAptitudes: number): [repeats: number, workers: number] => {
      const { workers } = made({ scale: 1, seed: 2, faults: { duplicateAptitudes } }).catalogue;
      const missing = workers.map(({ aptitudes }) => aptitudes.length - new Set(aptitudes).size);
      expect(Math.max(...missing)).toBeLessThanOrEqual(1);
      return [sum(missing), workers.filter(({ aptitudes }) => aptitudes.length > 1).length];
    };
    // 902 rows: a hundredth of them is 9, and of each worker with several one at most can be a duplicate.
    expect(repeats(0.01)[0]).toBe(9);
    const [most, several] = repeats(1);
    expect(most).toBe(several);
    expect(several).toBeGreaterThan(50);
  });

  it('lets those work who are on the floor, each where they are apt; where fewer than a team are, everybody', () => {
    const { workers, aptFor, everybody } = catalogue;
    const onFloor = workers.flatMap((worker, index) => (worker.onFloor ? [index] : []));
    expect(everybody).toEqual(onFloor);
    for (const type of FASES.keys()) {
      const apt = onFloor.filter((index) => workers[index].aptitudes.includes(type + 1));
      expect(aptFor.get(type + 1) ?? []).toEqual(apt);
    }
    // 175 of 301 are, within four deviations of 4.3 %.
    expect(Math.abs(onFloor.length / workers.length - 175 / 301)).toBeLessThan(0.17);
    const ids = workers.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(sizes.workers).toBe(ids.length);
    const smallest = Array.from({ length: 20 }, (_, seed) => made({ scale: 0.00001, seed }).catalogue);
    for (const { workers: few, everybody: all } of smallest) {
      const floor = few.flatMap((worker, index) => (worker.onFloor ? [index] : []));
      expect(few).toHaveLength(5);
      expect(all).toEqual(floor.length === 5 ? floor : [0, 1, 2, 3, 4]);
    }
  });
});
