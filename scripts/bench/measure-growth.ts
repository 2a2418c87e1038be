import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeSampleWorkbook } from '@libs/sample';
import { compareReaders } from './compare-readers';
import { withEngine } from './engine';
import { growthExponent } from './figures';
import { timeLoad } from './time-loads';

/** The same seed gives the same workbooks everywhere. */
const SEED = 7;

export interface GrowthPoint {
  /** 1 = the rows of the real workbook */
  scale: number;
  rows: number;
  fileBytes: number;
  readSeconds: number;
  readPeakBytes: number;
  loadSeconds: number;
  loadPeakBytes: number;
}

export interface Growth {
  /** such as 18.1 */
  serverVersion: string;
  points: GrowthPoint[];
  readExponent: number;
  loadExponent: number;
}

export interface GrowthOptions {
  scales: readonly number[];
  runs: number;
  workDir: string;
  signal: AbortSignal;
  log: (line: string) => void;
}

/** Generated workbooks of several sizes: one thread's reading (median of the runs) and one first load of each. */
export async function measureGrowth(options: GrowthOptions): Promise<Growth> {
  const points: GrowthPoint[] = [];
  let serverVersion = '';
  for (const scale of options.scales) {
    points.push(await measurePoint(scale, options, (version) => (serverVersion = version)));
  }
  return {
    serverVersion,
    points,
    readExponent: growthExponent(points.map(({ rows, readSeconds }) => ({ x: rows, y: readSeconds }))),
    loadExponent: growthExponent(points.map(({ rows, loadSeconds }) => ({ x: rows, y: loadSeconds }))),
  };
}

async function measurePoint(
  scale: number,
  options: GrowthOptions,
  tellVersion: (version: string) => void,
): Promise<GrowthPoint> {
  const { workDir, signal, log, runs } = options;
  const file = join(workDir, `growth-${scale}.xlsx`);
  try {
    log(`generating a workbook of scale ${scale}`);
    await writeSampleWorkbook(file, { scale, seed: SEED }, { level: 6 });
    const [read] = await compareReaders({ file, runs, peerRuns: 0, readers: ['own-single'], signal, log });
    const load = await withEngine(workDir, signal, (engine) => {
      tellVersion(engine.serverVersion);
      return timeLoad(engine, 'first', file);
    });
    log(`scale ${scale}: first load ${load.seconds.toFixed(2)} s`);
    return {
      scale,
      rows: load.extracted,
      fileBytes: statSync(file).size,
      readSeconds: read.seconds,
      readPeakBytes: read.peakBytes,
      loadSeconds: load.seconds,
      loadPeakBytes: load.nodeBytes,
    };
  } finally {
    rmSync(file, { force: true });
  }
}
