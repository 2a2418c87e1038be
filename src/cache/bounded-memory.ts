/**
 * A Keyv store in memory that never holds more than `maxCharacters` of JSON: what was not asked for the longest goes
 * first. Values are kept as they are, so that a hit parses nothing; their size is measured once, when they come in.
 */
export class BoundedMemory {
  // Keyv asks every store for its options and listens for its errors; this one has neither.
  readonly opts = {};
  private readonly entries = new Map<string, { value: unknown; characters: number }>();
  private total = 0;

  constructor(private readonly maxCharacters: number) {}

  /** Characters of JSON that are held. */
  get characters(): number {
    return this.total;
  }

  get(key: string): unknown {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    // A Map keeps its order of insertion: what is used goes to the end, the first is the longest unused.
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: unknown): void {
    this.delete(key);
    const characters = key.length + JSON.stringify(value).length;
    if (characters > this.maxCharacters) return;
    this.entries.set(key, { value, characters });
    this.total += characters;
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.maxCharacters) break;
      this.delete(oldest);
    }
  }

  delete(key: string): boolean {
    this.total -= this.entries.get(key)?.characters ?? 0;
    return this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
    this.total = 0;
  }

  on(): this {
    return this;
  }
}
