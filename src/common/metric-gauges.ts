import { Gauge, type Registry } from 'prom-client';
import { within } from './within';

/** A reading that takes longer is left out of the scrape: a scrape that hangs tells nothing at all. */
const READING_MS = 2_000;

/** One value of a gauge with its labels. */
export interface Reading {
  readonly labels?: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** A gauge that is read when Prometheus asks. */
export interface GaugeDefinition {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
}

/** What is read for a group of gauges, by the key of each. */
export type Readings<Key extends string> = Readonly<Record<Key, readonly Reading[]>>;

/**
 * Registers gauges whose values come from one reading, made once for every scrape. What cannot be read, or not in time,
 * is left out of the scrape: neither the last value nor 0 would be true.
 * @param failed is told of every reading that failed.
 */
export function registerGauges<Key extends string>(
  registry: Registry,
  definitions: Readonly<Record<Key, GaugeDefinition>>,
  read: () => Readings<Key> | Promise<Readings<Key>>,
  failed: (error: unknown) => void,
): void {
  let reading: Promise<Readings<Key> | undefined> | undefined;
  // The registry asks all metrics at once: the first that is asked begins the reading, the others wait for it.
  const shared = (): Promise<Readings<Key> | undefined> => {
    reading ??= within(READING_MS, 'the reading', Promise.resolve().then(read))
      .catch((error: unknown) => {
        failed(error);
        return undefined;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  for (const key of Object.keys(definitions) as Key[]) {
    const { name, help, labelNames = [] } = definitions[key];
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      async collect() {
        const readings = await shared();
        this.reset();
        // Without labels reset leaves a 0, which would pass for a reading.
        if (labelNames.length === 0) this.remove();
        for (const { labels = {}, value } of readings?.[key] ?? []) this.set(labels, value);
      },
    });
  }
}
