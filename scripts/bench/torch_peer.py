"""One DQN update in PyTorch, written as CleanRL's dqn.py writes it, on one thread."""

import torch
import torch.nn.functional as F
from peer import BATCHES, GAMMA, LEARNING_RATE, serve, workload
from torch import nn, optim

torch.set_num_threads(1)
torch.manual_seed(1)
sizes, rows = workload()


def network():
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


q_network, target_network = network(), network()
optimizer = optim.Adam(q_network.parameters(), lr=LEARNING_RATE)
batches = [
    (
        torch.rand(rows, sizes[0]) * 4 - 2,
        torch.rand(rows, sizes[0]) * 4 - 2,
        torch.randint(0, sizes[-1], (rows, 1)),
        torch.rand(rows, 1),
        torch.zeros(rows, 1),
    )
    for _ in range(BATCHES)
]
turn = 0


def update():
    global turn
    observations, next_observations, actions, rewards, dones = batches[turn % BATCHES]
    turn += 1
    with torch.no_grad():
        target_max, _ = target_network(next_observations).max(dim=1)
        td_target = rewards.flatten() + GAMMA * target_max * (1 - dones.flatten())
    old_val = q_network(observations).gather(1, actions).squeeze(1)
    loss = F.mse_loss(td_target, old_val)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


serve(f"PyTorch {torch.__version__.split('a')[0].split('+')[0]}", update, torch.backends.mkl.is_available())
