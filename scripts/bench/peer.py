"""What both peers share: they wait for a count on each line of standard input, make so many updates, print the seconds."""

import json
import sys
import time


def serve(name, update):
    print(json.dumps({"name": name}), flush=True)
    for line in sys.stdin:
        count = int(line)
        start = time.perf_counter()
        for _ in range(count):
            update()
        print(time.perf_counter() - start, flush=True)


def workload():
    """Units per layer and rows per batch, from the command line: 4-128-128-2 32."""
    return [int(size) for size in sys.argv[1].split("-")], int(sys.argv[2])


BATCHES = 64
GAMMA = 0.99
LEARNING_RATE = 2.5e-4
