"""What both peers share: they print their name and BLAS, then make as many updates as each line asks for, and print the seconds."""

import json
import sys
import time

from blas import core_types, describe


def serve(name, update, mkl=False):
    print(json.dumps({"name": name, **describe(mkl), "cores": core_types()}), flush=True)
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
