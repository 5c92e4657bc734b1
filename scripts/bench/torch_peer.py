"""One DQN update in PyTorch, written as CleanRL's dqn.py writes it, or one action, on one thread."""

import torch
import torch.nn.functional as F
from peer import GAMMA, LEARNING_RATE, serve, tensors, workload
from torch import nn, optim

torch.set_num_threads(1)
sizes, rows = workload()
data = {name: torch.from_numpy(array) for name, array in tensors().items()}


def network(name):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    with torch.no_grad():
        for i, layer in enumerate(layers[::2]):
            layer.weight.copy_(data[f"{name}.layers.{i}.weight"].T)
            layer.bias.copy_(data[f"{name}.layers.{i}.bias"])
    return nn.Sequential(*layers[:-1])


q_network, target_network = network("online"), network("target")
optimizer = optim.Adam(q_network.parameters(), lr=LEARNING_RATE)
columns = (
    data["observations"],
    data["next_observations"],
    data["actions"].long().unsqueeze(1),
    data["rewards"].unsqueeze(1),
    data["terminated"].float().unsqueeze(1),
)
batches = list(zip(*(column.split(rows) for column in columns)))
turn = 0


def update():
    global turn
    observations, next_observations, actions, rewards, dones = batches[turn % len(batches)]
    turn += 1
    with torch.no_grad():
        target_max, _ = target_network(next_observations).max(dim=1)
        td_target = rewards.flatten() + GAMMA * target_max * (1 - dones.flatten())
    old_val = q_network(observations).gather(1, actions).squeeze(1)
    loss = F.mse_loss(td_target, old_val)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def act():
    global turn
    turn += 1
    with torch.no_grad():
        q_values = q_network(data["observations"][turn % len(data["observations"])].unsqueeze(0))
        return torch.argmax(q_values, dim=1).item()


serve(f"PyTorch {torch.__version__.split('a')[0].split('+')[0]}", {"update": update, "act": act}, torch.backends.mkl.is_available())
