/**
 * Writes and checks the plans of the statements behind every answer: docs/perf/README.md says how they are found.
 *
 * Run: npm run explain -- FILE | --url postgresql://… [--only PATTERN] [--out docs/perf]
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureAll } from './api/capture';
import { ENDPOINTS } from './api/endpoints';
import { judgePlans, renderExplain } from './api/explain-document';
import { countMonths, explainAll } from './api/explain-statements';
import { describeSource, withLoaded } from './api/loaded';
import { parseExplainOptions } from './api/options';
import { pickSamples } from './api/samples';
import { describeMachine, loadAverage } from './machine';
import { runBench } from './run-bench';

runBench(async (workDir, signal) => {
  const { source, only, out } = parseExplainOptions(process.argv);
  const log = (line: string): void => console.error(`  ${line}`);
  const loadBefore = loadAverage();
  await withLoaded({ source, workDir, signal, log }, async (loaded) => {
    const { url, environment, cwd } = loaded;
    const asked = ENDPOINTS.filter(({ name }) => only?.test(name) ?? true);
    const captured = await captureAll(asked, await pickSamples(url), { environment, cwd, signal });
    const endpoints = await explainAll(url, captured);
    const pages = await renderExplain({
      machine: describeMachine(loaded.serverVersion, loadBefore),
      date: new Date().toISOString().slice(0, 10),
      data: await describeSource(source),
      months: await countMonths(url),
      endpoints,
    });
    if (only === undefined) forgetPages(out);
    for (const [name, text] of pages) writeFileSync(join(out, name), text);
    for (const endpoint of endpoints) {
      const { faults } = judgePlans(endpoint);
      console.log(
        `${endpoint.captured.endpoint.name}: ${faults.length === 0 ? 'right' : `FAULT: ${faults.join(', ')}`}`,
      );
    }
  });
});

/** An endpoint that is gone or has another name must not leave its page behind. */
function forgetPages(folder: string): void {
  for (const name of readdirSync(folder)) if (/^EXPLAIN_.*\.md$/.test(name)) rmSync(join(folder, name));
}
