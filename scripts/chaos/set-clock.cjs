'use strict';
/**
 * Loaded into a process of the product before all else (node --require): its clock is the machine's plus the milliseconds
 * in the file CHAOS_CLOCK, which may change at any moment, as when somebody sets a clock. What counts time without a
 * clock (timers, performance.now) goes on as it does on a machine.
 */
const { readFileSync } = require('node:fs');

const file = process.env.CHAOS_CLOCK;
const LOOK_MS = 20;
const Real = Date;
let offset = 0;
let lookedAt = -LOOK_MS;

function now() {
  if (performance.now() - lookedAt >= LOOK_MS) {
    lookedAt = performance.now();
    const read = Number(readFileSync(file, 'utf8'));
    if (Number.isFinite(read)) offset = read;
  }
  return Real.now() + offset;
}

class SetDate extends Real {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now()] : parts));
  }

  static now() {
    return now();
  }
}

globalThis.Date = SetDate;
