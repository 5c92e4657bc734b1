"""What all peers share: they print their name and BLAS, then do their work as often as each line asks for, and print the seconds."""

import base64
import json
import sys
import time

import numpy as np
from blas import core_types, describe


def serve(name, works, mkl=False):
    work = works[sys.argv[1]]
    print(json.dumps({"name": name, **describe(mkl), "cores": core_types()}), flush=True)
    for line in sys.stdin:
        count = int(line)
        start = time.perf_counter()
        for _ in range(count):
            work()
        print(time.perf_counter() - start, flush=True)


def workload():
    """Units per layer and rows per batch, from the command line: update 4-128-128-2 32."""
    return [int(size) for size in sys.argv[2].split("-")], int(sys.argv[3])


def tensors():
    """What the first line has, a safetensors file in base64: both networks that have learned, and the transitions."""
    file = base64.b64decode(sys.stdin.readline())
    start = 8 + int.from_bytes(file[:8], "little")
    header = json.loads(file[8:start])
    header.pop("__metadata__", None)
    types = {"F32": np.float32, "I32": np.int32, "U8": np.uint8}
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        flat = np.frombuffer(file[start + begin : start + end], types[entry["dtype"]])
        arrays[name] = flat.reshape(entry["shape"]).copy()
    return arrays


GAMMA = 0.99
LEARNING_RATE = 2.5e-4

# A whole training run; `training_run.ts` has the same.
HIDDEN = [120, 84]
STEPS = 5_000
BATCH_SIZE = 128
BUFFER_SIZE = 10_000
LEARNING_STARTS = 1_000
TARGET_INTERVAL = 500
FINAL_EPSILON = 0.05
EXPLORATION_STEPS = 2_500

# A whole training run of PQN, with CleanRL's settings but for its length; `training_run.ts` has the same.
PQN_ENVS = 4
PQN_STEPS = 128
PQN_ROLLOUTS = 40
PQN_EPOCHS = 4
PQN_MINI_BATCHES = 4
PQN_LAMBDA = 0.65
PQN_MAX_GRAD_NORM = 10.0
