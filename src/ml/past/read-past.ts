import type { AreaWip, FactoryPast, KnownProduct, PastOrder } from '@libs/learning';
import { sqlFile } from '../../database/sql-file';
import type { SnapshotQuery } from '../../published/published-data';

const READ_PRODUCTS = sqlFile(__dirname, '../sql/read_learning_products.sql');
const READ_ORDERS = sqlFile(__dirname, '../sql/read_learning_orders.sql');
const READ_AREA_WIP = sqlFile(__dirname, '../sql/read_area_wip.sql');

/** Where the first and the second third of the places of phase types end. */
const THIRDS = [1 / 3, 2 / 3];

interface ProductRow {
  produto_id: number;
  produto_nome: string | null;
  produto_peso_desmolde: number | null;
  produto_peso_acabamento: number | null;
  produto_qtd_gel_deck: number | null;
  produto_qtd_gel_casco: number | null;
  automatic: number | null;
  first_steps: number;
  middle_steps: number;
  last_steps: number;
  coefficient: number | null;
  coefficient_x: number | null;
}

interface OrderRow {
  of_id: number;
  of_produto_id: number | null;
  created: number;
  finished: number | null;
  closed: number | null;
  due: number | null;
  errors: string | null;
}

interface AreaWipRow {
  at: number;
  first_count: number;
  middle_count: number;
  last_count: number;
}

/** All that features are computed from, of the snapshot's load. Takes about a second on the factory's workbook. */
export async function readPast(query: SnapshotQuery): Promise<FactoryPast> {
  const products = await query<ProductRow>(READ_PRODUCTS, [THIRDS]);
  const orders = await query<OrderRow>(READ_ORDERS);
  const areaWip = await query<AreaWipRow>(READ_AREA_WIP, [THIRDS]);
  return {
    products: new Map(products.map((row) => [row.produto_id, toProduct(row)])),
    orders: orders.map(toOrder),
    areaWip: areaWip.map(toAreaWip),
  };
}

function toProduct(row: ProductRow): KnownProduct {
  const { automatic, first_steps, middle_steps, last_steps } = row;
  return {
    id: row.produto_id,
    name: row.produto_nome ?? undefined,
    demouldWeight: row.produto_peso_desmolde ?? undefined,
    finishedWeight: row.produto_peso_acabamento ?? undefined,
    gelDeck: row.produto_qtd_gel_deck ?? undefined,
    gelHull: row.produto_qtd_gel_casco ?? undefined,
    route:
      automatic === null
        ? undefined
        : {
            steps: [first_steps, middle_steps, last_steps],
            automatic,
            coefficient: row.coefficient ?? NaN,
            coefficientX: row.coefficient_x ?? NaN,
          },
  };
}

function toOrder(row: OrderRow): PastOrder {
  return {
    id: row.of_id,
    created: row.created,
    finished: row.finished ?? undefined,
    closed: row.closed ?? undefined,
    product: row.of_produto_id ?? undefined,
    due: row.due ?? undefined,
    errors: row.errors === null ? [] : row.errors.split(';').map(toError),
  };
}

function toError(text: string): PastOrder['errors'][number] {
  const [time, severity, culprit] = text.split(',');
  return { time: Number(time), severity: Number(severity), culprit: culprit === '' ? undefined : Number(culprit) };
}

function toAreaWip({ at, first_count, middle_count, last_count }: AreaWipRow): AreaWip {
  return { at, counts: [first_count, middle_count, last_count] };
}
