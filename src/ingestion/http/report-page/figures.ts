/** 1078180 → 1,078,180 */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** 0.72506 → 72.5 % */
export function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/** Seconds as a person says them: 0.4 s, 18 s, 2 min 5 s. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** An ISO moment of the factory, to the minute and without its offset: 2025-12-11 12:50. */
export function moment(iso: string | null | undefined): string {
  return iso ? iso.slice(0, 16).replace('T', ' ') : 'none';
}

/** The day of an ISO moment of the factory. */
export function day(iso: string | null): string {
  return iso === null ? 'none' : iso.slice(0, 10);
}

/** 38797312 → 37.0 MB, as the command line says it. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
