import type { Check } from '../compare';
import { KPIS } from './kpis';
import { OPS } from './ops';
import { PRODPLAN } from './prodplan';
import { QUALITY } from './quality';
import { SMART_INVENTORY } from './smartinventory';

export const ALL_CHECKS: readonly Check[] = [...PRODPLAN, ...KPIS, ...QUALITY, ...SMART_INVENTORY, ...OPS];
