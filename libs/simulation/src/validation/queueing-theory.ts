/** Mean waits in queue of textbook systems, in the unit of the mean service time; utilisation = arrivals x service / servers. */

/**
 * M/M/c: Poisson arrivals, exponential services, c servers (Erlang C).
 * Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, ch. 3.3.
 */
export function meanWaitMMc(servers: number, utilisation: number): number {
  const load = servers * utilisation;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < servers; k += 1) {
    term *= load / k;
    sum += term;
  }
  const allBusy = (term * load) / servers / (1 - utilisation);
  return allBusy / (sum + allBusy) / (servers * (1 - utilisation));
}

/** M/D/1: Poisson arrivals, equal services, one server (Pollaczek-Khinchine). */
export function meanWaitMD1(utilisation: number): number {
  return utilisation / (2 * (1 - utilisation));
}
