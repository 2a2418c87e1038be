/** What makes ETAs: orders that stood in the same place before, or a trained model of remaining times (docs/eta.md). */
export const ETA_METHODS = ['comparable_orders', 'model'] as const;
export type EtaMethod = (typeof ETA_METHODS)[number];
