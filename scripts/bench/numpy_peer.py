"""One DQN update by hand in NumPy, or one action: float32 throughout, parameters in one array for Adam, room allocated once."""

import numpy as np
from peer import GAMMA, LEARNING_RATE, serve, tensors, workload

sizes, rows = workload()
data = tensors()
shapes = list(zip(sizes, sizes[1:]))
length = sum((inputs + 1) * outputs for inputs, outputs in shapes)


def views(flat):
    layers, start = [], 0
    for inputs, outputs in shapes:
        middle = start + inputs * outputs
        layers.append((flat[start:middle].reshape(inputs, outputs), flat[middle : middle + outputs]))
        start = middle + outputs
    return layers


def network(name):
    flat = np.empty(length, np.float32)
    layers = views(flat)
    for i, (weight, bias) in enumerate(layers):
        weight[:] = data[f"{name}.layers.{i}.weight"]
        bias[:] = data[f"{name}.layers.{i}.bias"]
    return flat, layers


def room():
    return [np.empty((rows, size), np.float32) for size in sizes[1:]]


parameters, online = network("online")
_, target = network("target")
gradients = np.zeros(length, np.float32)
gradient_layers = views(gradients)
first, second = np.zeros(length, np.float32), np.zeros(length, np.float32)
work, root = np.empty(length, np.float32), np.empty(length, np.float32)
hidden, next_hidden, deltas = room(), room(), room()
every = np.arange(rows)
columns = ("observations", "next_observations", "actions", "rewards", "terminated")
data["terminated"] = data["terminated"].astype(np.float32)
batches = list(zip(*(np.split(data[name], len(data[name]) // rows) for name in columns)))
turn = 0


def forward(layers, x, outputs):
    for i, ((weight, bias), y) in enumerate(zip(layers, outputs)):
        np.matmul(x, weight, out=y)
        y += bias
        if i < len(layers) - 1:
            np.maximum(y, 0, out=y)
        x = y
    return x


def update():
    global turn
    observations, next_observations, actions, rewards, terminated = batches[turn % len(batches)]
    turn += 1
    maxima = forward(target, next_observations, next_hidden).max(1)
    targets = rewards + np.float32(GAMMA) * maxima * (1 - terminated)
    values = forward(online, observations, hidden)
    errors = values[every, actions] - targets
    deltas[-1].fill(0)
    deltas[-1][every, actions] = errors * np.float32(2 / rows)
    for i in range(len(shapes) - 1, -1, -1):
        x = hidden[i - 1] if i > 0 else observations
        weight_gradient, bias_gradient = gradient_layers[i]
        np.matmul(x.T, deltas[i], out=weight_gradient)
        deltas[i].sum(0, out=bias_gradient)
        if i > 0:
            np.matmul(deltas[i], online[i][0].T, out=deltas[i - 1])
            np.multiply(deltas[i - 1], x > 0, out=deltas[i - 1])
    adam()


def adam(beta1=np.float32(0.9), beta2=np.float32(0.999), epsilon=np.float32(1e-8)):
    np.multiply(gradients, 1 - beta1, out=work)
    np.multiply(first, beta1, out=first)
    np.add(first, work, out=first)
    np.multiply(gradients, gradients, out=work)
    np.multiply(work, 1 - beta2, out=work)
    np.multiply(second, beta2, out=second)
    np.add(second, work, out=second)
    correction1, correction2 = 1 - 0.9**turn, 1 - 0.999**turn
    np.sqrt(second, out=root)
    np.multiply(root, np.float32(correction2**-0.5), out=root)
    np.add(root, epsilon, out=root)
    np.multiply(first, np.float32(LEARNING_RATE / correction1), out=work)
    np.divide(work, root, out=work)
    np.subtract(parameters, work, out=parameters)


one = [np.empty((1, size), np.float32) for size in sizes[1:]]


def act():
    global turn
    turn += 1
    row = turn % len(data["observations"])
    return int(forward(online, data["observations"][row : row + 1], one).argmax())


serve(f"NumPy {np.__version__}", {"update": update, "act": act})
