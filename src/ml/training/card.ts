import type { ClassificationMeasures, RegressionMeasures } from '@libs/learning';
import type { Evaluation, Part, Scored } from './evaluate';
import type { TaskCard } from './train-task';

const TITLES: Readonly<Record<string, string>> = {
  leadtime: 'Lead time, from what is known at the creation',
  remaining: 'Remaining time of an order in process',
  leadtime_transport: 'Lead time, with the days to the transport date',
  risk: 'Risk of any error',
  risk_severe: 'Risk of an error of severity 2 or more',
};

/** What the rows of a card are called. */
const NAMES: Readonly<Record<string, string>> = {
  model: '**the model**',
  network: 'its network alone',
  trees: 'its trees alone',
  uncalibrated: 'the model before its calibration',
};

const REMAINING = 'remaining';
const SHOWN_IMPORTANCES = 20;

const LOOKS =
  'A row is an order in process as it was seen at a look, one every two weeks: the phase event that it stood at, and what had been recorded ' +
  'by then. Learned from are looks at least half a year before the cut (of later ones only the quick orders are finished by then). A row ' +
  'is of the part that its finish falls into, so that all looks of an order are of one part.';

/**
 * The model card of a training run, as a page. Times are days, shares percent.
 *
 * @param command what writes it again
 * @param dayOf the calendar day of seconds since 1970, in factory time
 */
export function renderCard(card: TaskCard, command: string, dayOf: (seconds: number) => string): string {
  const { rows, cuts } = card;
  const period = rows.test > 0 ? 'test' : 'validation';
  return (
    [
      `# ${TITLES[card.task] ?? card.task}`,
      'Written by the training run itself; the same data, seed and backend give the same page:',
      `\`\`\`console\n$ ${command}\n\`\`\``,
      table(
        ['part', card.task === REMAINING ? 'looks' : 'orders', 'which'],
        [
          ['training', count(rows.train), `finished before ${dayOf(cuts.trainBefore)}`],
          [
            'validation',
            count(rows.validation),
            `finished from ${dayOf(cuts.trainBefore)}, before ${dayOf(cuts.validationBefore)}`,
          ],
          ...(rows.test > 0
            ? [
                [
                  'test',
                  count(rows.test),
                  `created from ${dayOf(cuts.testFrom)}, before ${dayOf(cuts.testBefore)}, and finished`,
                ],
              ]
            : []),
          ['in none', count(rows.gap), 'created before the last cut and finished after it'],
        ],
      ),
      `Dataset \`${card.datasetHash.slice(0, 16)}\`, features \`${card.schema}\` (${card.features.length}), seed ${card.seed}, backend ${card.backend}. ` +
        `Best baseline on the validation period: ${card.baseline.label}.${card.calibration === undefined ? '' : ` Calibration: ${card.calibration}.`}`,
      ...(card.task === REMAINING ? [LOOKS] : []),
      `**${card.verdict.wins ? 'May answer' : 'May not answer'}**: ${card.verdict.reason}.`,
      ...(card.durations === undefined ? [] : durations(card.durations, period)),
      ...(card.events === undefined ? [] : events(card.events, period)),
      '## What it looks at',
      'How much its error grows when one feature is shuffled among 1,000 orders of the validation period (mean of 5, and the interval of ' +
        'nine in ten). Features that say nearly the same share theirs.',
      table(
        ['feature', 'rise of the error', 'from', 'to'],
        card.importance
          .slice(0, SHOWN_IMPORTANCES)
          .map(({ label, mean, low, high }) => [label, ...[mean, low, high].map((value) => value.toFixed(4))]),
      ),
    ].join('\n\n') + '\n'
  );
}

function durations(evaluation: Evaluation<RegressionMeasures>, period: string): string[] {
  const header = ['', 'MAE', 'MAPE', '90 % of errors below', 'bias', 'pinball', 'p10–p90 covers', 'width'];
  const cells = (each: RegressionMeasures): string[] => [
    days(each.mae),
    percent(each.mape),
    days(each.p90Error),
    days(each.bias),
    each.pinball.toFixed(2),
    percent(each.coverage),
    days(each.width),
  ];
  const scored = (all: readonly Scored<RegressionMeasures>[]): string =>
    table(
      header,
      all.map(({ name, measures }) => [NAMES[name] ?? name, ...cells(measures)]),
    );
  const parts = (all: readonly Part<RegressionMeasures>[]): string => {
    const hasOpen = all.some(({ open }) => open !== undefined);
    return table(
      [
        ...['', 'finished', 'MAE', 'baseline', 'pinball', 'baseline', 'bias', 'p10–p90 covers'],
        ...(hasOpen ? ['in process', 'covers with these', 'given up', 'covers with all'] : []),
      ],
      all.map(({ part, model, baseline, open, abandoned }) => [
        ...[part, count(model.rows), days(model.mae), days(baseline.mae)],
        ...[model.pinball.toFixed(2), baseline.pinball.toFixed(2), days(model.bias), percent(model.coverage)],
        ...[open, abandoned].flatMap((counted) =>
          counted === undefined ? [] : [count(counted.rows), percent(counted.coverage)],
        ),
      ]),
    );
  };
  return [
    ...(evaluation.test.length > 0 ? ['## Test period', scored(evaluation.test)] : []),
    '## Validation period',
    scored(evaluation.validation),
    'Days; intervals are corrected as they would have been on the day when each was asked for, by what was known then.',
    `## By quarter of the ${period} period`,
    parts(evaluation.quarters),
    'Of the latest quarters only the quick ones are finished, which their intervals hold more often than they hold the slow ones. The last ' +
      'columns count those that are not finished as far as they were watched (Kaplan and Meier): those in process, then those too that were ' +
      'given up, which corrections leave out: closed without a finish, or, of the remaining time, without an event for half a year.',
    ...(evaluation.phases === undefined ? [] : [`## By phase of the ${period} period`, parts(evaluation.phases)]),
    `## By family of the ${period} period`,
    parts(evaluation.families),
  ];
}

function events(evaluation: Evaluation<ClassificationMeasures>, period: string): string[] {
  const header = ['', 'AUC', 'Brier', 'log loss', 'mean probability', 'happened'];
  const cells = (each: ClassificationMeasures): string[] => [
    ...[each.auc, each.brier, each.logLoss].map((value) => value.toFixed(3)),
    percent(each.predicted),
    percent(each.rate),
  ];
  const scored = (all: readonly Scored<ClassificationMeasures>[]): string =>
    table(
      header,
      all.map(({ name, measures }) => [NAMES[name] ?? name, ...cells(measures)]),
    );
  const parts = (all: readonly Part<ClassificationMeasures>[]): string =>
    table(
      ['', 'orders', 'AUC', 'Brier', 'baseline’s Brier', 'mean probability', 'happened'],
      all.map(({ part, model, baseline }) => [
        part,
        count(model.rows),
        model.auc.toFixed(3),
        model.brier.toFixed(3),
        baseline.brier.toFixed(3),
        percent(model.predicted),
        percent(model.rate),
      ]),
    );
  return [
    ...(evaluation.test.length > 0 ? ['## Test period', scored(evaluation.test)] : []),
    '## Validation period',
    scored(evaluation.validation),
    'The model is calibrated on the validation period, which flatters it there: it was compared with the baseline without its calibration.',
    `## Reliability over the ${period} period`,
    table(
      ['probability', 'orders', 'mean probability', 'happened', ''],
      (evaluation.reliability ?? []).map(({ from, to, rows, predicted, observed }) => [
        `${percent(from)} to ${percent(to)}`,
        count(rows),
        percent(predicted),
        percent(observed),
        '█'.repeat(Math.round(20 * observed)),
      ]),
    ),
    `## By quarter of the ${period} period`,
    parts(evaluation.quarters),
    `## By family of the ${period} period`,
    parts(evaluation.families),
  ];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(header), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

const count = (value: number): string => value.toLocaleString('en-GB');
const days = (value: number): string => value.toFixed(1);
const percent = (share: number): string => (Number.isNaN(share) ? 'n/a' : `${(100 * share).toFixed(1)} %`);
