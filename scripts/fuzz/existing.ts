import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalService } from '../verify/service';

/** By name of a parameter or of a field: values of what exists. Drawn ones are nearly always of what does not. */
export type Existing = Readonly<Record<string, readonly string[]>>;

/** Below the data folder; a load of it is accepted and fails at once. */
const NO_WORKBOOK = 'no-workbook.xlsx';
const FIRST_NUMBERS = ['1', '2', '3'];

interface Orders {
  orders: { of_id: string; of_produto_id: number | null }[];
}

/** What a service that has just loaded a workbook has, and a file in its data folder. */
export async function existingIn({ url, dataDir }: LocalService): Promise<Existing> {
  await writeFile(join(dataDir, NO_WORKBOOK), 'PK');
  const { orders } = (await (await fetch(`${url}/api/prodplan/orders?limit=20`)).json()) as Orders;
  const products = orders.flatMap(({ of_produto_id: id }) => (id === null ? [] : [String(id)]));
  return {
    of_id: orders.map(({ of_id: id }) => id),
    produto_id: products,
    modelo_id: products,
    run_id: FIRST_NUMBERS,
    path: [NO_WORKBOOK],
    // Of scenarios that were simulated before.
    id: FIRST_NUMBERS,
    a: FIRST_NUMBERS,
    b: FIRST_NUMBERS,
  };
}
