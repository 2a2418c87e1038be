import type { Cuts } from '@libs/learning';
import type { SnapshotQuery } from '../../published/published-data';
import { type OrderModel, TRAININGS, type TrainingKind } from '../models';
import type { TrainingSource } from '../training/training-thread';
import { readLookedOrders } from './read-looked-orders';
import { readPast } from './read-past';

/** What a training learns from, of the snapshot's load, and how many of its orders are finished. */
export async function readSource(
  query: SnapshotQuery,
  kind: TrainingKind,
  cuts: Cuts,
  dormantDays: number,
): Promise<{ source: TrainingSource; orders: number; finished: number }> {
  if (kind === 'remaining') {
    const looked = await readLookedOrders(query, cuts, dormantDays);
    const finished = looked.rows.filter((row) => row.finished !== null).length;
    return { source: { kind: 'looks', looked }, orders: looked.rows.length, finished };
  }
  const past = await readPast(query);
  const models: readonly OrderModel[] = TRAININGS[kind];
  const finished = past.orders.filter((order) => order.finished !== undefined).length;
  return { source: { kind: 'orders', past, models }, orders: past.orders.length, finished };
}
