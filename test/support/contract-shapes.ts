import type { ContractCase } from './contract/contract-case';
import { KPIS } from './contract/kpis';
import { OPS } from './contract/ops';
import { PRODPLAN } from './contract/prodplan';
import { QUALITY } from './contract/quality';
import { SMART_INVENTORY } from './contract/smartinventory';
import { WHATIF } from './contract/whatif';

/** Every endpoint that a page of the frontend, or its code, calls. Loads are the ingestion's own tests. */
export const CONTRACT: readonly ContractCase[] = [
  ...PRODPLAN,
  ...KPIS,
  ...QUALITY,
  ...SMART_INVENTORY,
  ...WHATIF,
  ...OPS,
];
