import type { SimulationRun } from '../simulation-run';

/** What a run comes to. Times in the instance's unit; figures of jobs are of those that were finished. */
export interface RunSummary {
  makespan: number;
  jobs: number;
  finished: number;
  /** completion - release; 0 where nothing was finished */
  meanFlowTime: number;
  maxFlowTime: number;
  /** jobs with a due date */
  jobsWithDue: number;
  /** finished after their due date */
  tardyJobs: number;
  /** max(0, completion - due), over the finished jobs with a due date */
  meanTardiness: number;
  maxTardiness: number;
  /** sum of weight x tardiness */
  weightedTardiness: number;
}

/** Flow times and tardiness over the jobs of a run that finished. Times in seconds. */
export function summarize({ instance, completion, makespan, unfinished }: SimulationRun): RunSummary {
  const { jobCount, release, due, weight } = instance;
  const finished = jobCount - unfinished;
  let flow = 0;
  let maxFlowTime = 0;
  let jobsWithDue = 0;
  let judged = 0;
  let tardyJobs = 0;
  let tardiness = 0;
  let maxTardiness = 0;
  let weightedTardiness = 0;
  for (let job = 0; job < jobCount; job += 1) {
    if (due[job] < Infinity) jobsWithDue += 1;
    if (Number.isNaN(completion[job])) continue;
    const time = completion[job] - release[job];
    flow += time;
    maxFlowTime = Math.max(maxFlowTime, time);
    if (due[job] === Infinity) continue;
    judged += 1;
    const late = Math.max(0, completion[job] - due[job]);
    if (late > 0) tardyJobs += 1;
    tardiness += late;
    weightedTardiness += weight[job] * late;
    maxTardiness = Math.max(maxTardiness, late);
  }
  return {
    makespan,
    jobs: jobCount,
    finished,
    meanFlowTime: finished === 0 ? 0 : flow / finished,
    maxFlowTime,
    jobsWithDue,
    tardyJobs,
    meanTardiness: judged === 0 ? 0 : tardiness / judged,
    maxTardiness,
    weightedTardiness,
  };
}
