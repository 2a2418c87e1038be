"""The same job shop in SimPy: a priority resource a machine, a process a job.

Reads {"machines": n, "jobs": [[[machine, duration], ...], ...], "rule": "FIFO" | "SPT", "runs": n} from standard input,
prints {"seconds": [one a run, on the processor], "makespan": m, "version": "..."}. Building the environment and its processes counts, as
it has to be done for each run.
"""

import json
import sys
import time

import simpy


def job(env, number, operations, machines, is_fifo):
    for machine, duration in operations:
        key = env.now if is_fifo else duration
        with machines[machine].request(priority=(key, number)) as request:
            yield request
            yield env.timeout(duration)


def run(spec):
    env = simpy.Environment()
    machines = [simpy.PriorityResource(env, capacity=1) for _ in range(spec["machines"])]
    for number, operations in enumerate(spec["jobs"]):
        env.process(job(env, number, operations, machines, spec["rule"] == "FIFO"))
    env.run()
    return env.now


def main():
    spec = json.load(sys.stdin)
    seconds = []
    makespan = 0
    for _ in range(spec["runs"]):
        since = time.process_time()
        makespan = run(spec)
        seconds.append(time.process_time() - since)
    json.dump({"seconds": seconds, "makespan": makespan, "version": simpy.__version__}, sys.stdout)


main()
