import { sqlFile } from '../../database/sql-file';
import type { Derivation } from '../derivation';

const STATEMENTS = [
  sqlFile(__dirname, 'sql/delete_open_phases.sql'),
  sqlFile(__dirname, 'sql/insert_open_phases.sql'),
  sqlFile(__dirname, 'sql/delete_open_orders.sql'),
  sqlFile(__dirname, 'sql/insert_open_orders.sql'),
];

/**
 * The open orders and their open phases: a thousandth of all phases, but spread over every month, so that no request
 * need look for them. Written anew at each load: they are few.
 */
export const inventoryDerivation: Derivation = {
  name: 'inventory',

  async derive({ client }) {
    for (const statement of STATEMENTS) await client.query(statement.text);
  },
};
