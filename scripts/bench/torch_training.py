"""A whole training run of DQN on CartPole-v1 in PyTorch, written as CleanRL's dqn.py writes it, on one thread."""

import random

import numpy as np
import torch
import torch.nn.functional as F
from cart_pole import CartPole
from peer import BATCH_SIZE, BUFFER_SIZE, EXPLORATION_STEPS, GAMMA, HIDDEN, LEARNING_RATE, LEARNING_STARTS
from peer import FINAL_EPSILON, STEPS, TARGET_INTERVAL, serve
from torch import nn, optim

torch.set_num_threads(1)


def network():
    return nn.Sequential(
        nn.Linear(4, HIDDEN[0]), nn.ReLU(), nn.Linear(HIDDEN[0], HIDDEN[1]), nn.ReLU(), nn.Linear(HIDDEN[1], 2)
    )


def train():
    random.seed(0)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    env = CartPole(0)
    q_network, target_network = network(), network()
    target_network.load_state_dict(q_network.state_dict())
    optimizer = optim.Adam(q_network.parameters(), lr=LEARNING_RATE)
    observations = np.zeros((BUFFER_SIZE, 4), np.float32)
    next_observations = np.zeros((BUFFER_SIZE, 4), np.float32)
    actions = np.zeros((BUFFER_SIZE, 1), np.int64)
    rewards = np.zeros(BUFFER_SIZE, np.float32)
    dones = np.zeros(BUFFER_SIZE, np.float32)
    observation = env.reset()
    for step in range(STEPS):
        epsilon = max(1 + (FINAL_EPSILON - 1) * step / EXPLORATION_STEPS, FINAL_EPSILON)
        if random.random() < epsilon:
            action = random.randrange(2)
        else:
            action = torch.argmax(q_network(torch.from_numpy(observation).unsqueeze(0)), dim=1).item()
        next_observation, reward, terminated, truncated = env.step(action)
        slot = step % BUFFER_SIZE
        observations[slot], next_observations[slot] = observation, next_observation
        actions[slot], rewards[slot], dones[slot] = action, reward, terminated
        observation = env.reset() if terminated or truncated else next_observation
        if step + 1 >= LEARNING_STARTS:
            rows = rng.integers(0, min(step + 1, BUFFER_SIZE), BATCH_SIZE)
            with torch.no_grad():
                target_max, _ = target_network(torch.from_numpy(next_observations[rows])).max(dim=1)
                done = torch.from_numpy(dones[rows])
                td_target = torch.from_numpy(rewards[rows]) + GAMMA * target_max * (1 - done)
            values = q_network(torch.from_numpy(observations[rows]))
            old_val = values.gather(1, torch.from_numpy(actions[rows])).squeeze(1)
            loss = F.mse_loss(td_target, old_val)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if (step + 1) % TARGET_INTERVAL == 0:
            target_network.load_state_dict(q_network.state_dict())


serve(f"PyTorch {torch.__version__.split('a')[0].split('+')[0]}", {"train": train}, torch.backends.mkl.is_available())
