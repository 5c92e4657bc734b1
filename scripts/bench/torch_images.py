"""One DQN update on images in PyTorch, written as CleanRL's dqn_atari.py writes it, on one thread."""

import torch
import torch.nn.functional as F
from peer import GAMMA, LEARNING_RATE, serve, tensors
from torch import nn, optim

torch.set_num_threads(1)
data = {name: torch.from_numpy(array) for name, array in tensors().items()}
strides = data["strides"].tolist()
scale = data["scale"].item()
ROWS = 32


def network(name):
    layers = []
    with torch.no_grad():
        for i, stride in enumerate(strides):
            weight = data[f"{name}.convolution.{i}.weight"].permute(3, 2, 0, 1).contiguous()
            layer = nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2], stride)
            layer.weight.copy_(weight)
            layer.bias.copy_(data[f"{name}.convolution.{i}.bias"])
            layers += [layer, nn.ReLU()]
        places = 0
        layers += [nn.Flatten()]
        for i in range(2):
            weight = data[f"{name}.layers.{i}.weight"].T
            if i == 0:  # our rows are places by channels, PyTorch's channels by places
                channels = data[f"{name}.convolution.{len(strides) - 1}.bias"].shape[0]
                places = weight.shape[1] // channels
                weight = weight.reshape(-1, places, channels).permute(0, 2, 1).reshape(-1, places * channels)
            layer = nn.Linear(weight.shape[1], weight.shape[0])
            layer.weight.copy_(weight)
            layer.bias.copy_(data[f"{name}.layers.{i}.bias"])
            layers += [layer, nn.ReLU()]
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
batches = list(zip(*(column.split(ROWS) for column in columns)))
turn = 0


def update():
    global turn
    observations, next_observations, actions, rewards, dones = batches[turn % len(batches)]
    turn += 1
    with torch.no_grad():
        target_max, _ = target_network(next_observations / scale).max(dim=1)
        td_target = rewards.flatten() + GAMMA * target_max * (1 - dones.flatten())
    old_val = q_network(observations / scale).gather(1, actions).squeeze(1)
    loss = F.mse_loss(td_target, old_val)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


if __name__ == "__main__":
    serve(f"PyTorch {torch.__version__.split('a')[0].split('+')[0]}", {"update": update}, torch.backends.mkl.is_available())
