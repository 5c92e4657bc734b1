"""A whole training run of PQN on CartPole-v1 in PyTorch, written as CleanRL's pqn.py writes it, on one thread."""

import random

import numpy as np
import torch
import torch.nn.functional as F
from cart_pole import CartPole
from peer import FINAL_EPSILON, GAMMA, HIDDEN, LEARNING_RATE, PQN_EPOCHS, PQN_ENVS, PQN_LAMBDA
from peer import PQN_MAX_GRAD_NORM, PQN_MINI_BATCHES, PQN_ROLLOUTS, PQN_STEPS, serve
from torch import nn, optim

torch.set_num_threads(1)


def network():
    layers, inputs = [], 4
    for outputs in HIDDEN:
        layers += [nn.Linear(inputs, outputs), nn.LayerNorm(outputs), nn.ReLU()]
        inputs = outputs
    return nn.Sequential(*layers, nn.Linear(inputs, 2))


def train():
    random.seed(0)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    envs = [CartPole(seed) for seed in range(PQN_ENVS)]
    q_network = network()
    optimizer = optim.RAdam(q_network.parameters(), lr=LEARNING_RATE)
    observations = torch.zeros((PQN_STEPS, PQN_ENVS, 4))
    actions = torch.zeros((PQN_STEPS, PQN_ENVS), dtype=torch.long)
    rewards = torch.zeros((PQN_STEPS, PQN_ENVS))
    dones = torch.zeros((PQN_STEPS, PQN_ENVS))
    current = torch.from_numpy(np.stack([env.reset() for env in envs]))
    batch_size = PQN_STEPS * PQN_ENVS
    for rollout in range(PQN_ROLLOUTS):
        fraction = rollout / PQN_ROLLOUTS
        optimizer.param_groups[0]["lr"] = LEARNING_RATE * (1 - fraction)
        epsilon = max(1 + (FINAL_EPSILON - 1) * 2 * fraction, FINAL_EPSILON)
        for step in range(PQN_STEPS):
            observations[step] = current
            with torch.no_grad():
                greedy = torch.argmax(q_network(current), dim=1)
            explore = torch.rand(PQN_ENVS) < epsilon
            chosen = torch.where(explore, torch.randint(0, 2, (PQN_ENVS,)), greedy)
            actions[step] = chosen
            rows = []
            for i, (env, action) in enumerate(zip(envs, chosen.tolist())):
                row, rewards[step, i], terminated, truncated = env.step(action)
                dones[step, i] = float(terminated or truncated)
                rows.append(env.reset() if terminated or truncated else row)
            current = torch.from_numpy(np.stack(rows))
        with torch.no_grad():
            later = torch.cat([observations[1:], current.unsqueeze(0)])
            next_values = q_network(later.reshape(batch_size, 4)).max(dim=1)[0].reshape(PQN_STEPS, PQN_ENVS)
            returns = torch.zeros_like(rewards)
            following = next_values[-1]
            for step in reversed(range(PQN_STEPS)):
                mixed = PQN_LAMBDA * following + (1 - PQN_LAMBDA) * next_values[step]
                returns[step] = rewards[step] + GAMMA * mixed * (1 - dones[step])
                following = returns[step]
        flat_observations = observations.reshape(batch_size, 4)
        flat_actions, flat_returns = actions.reshape(batch_size, 1), returns.reshape(batch_size)
        for _ in range(PQN_EPOCHS):
            order = rng.permutation(batch_size)
            for rows in np.split(order, PQN_MINI_BATCHES):
                old_val = q_network(flat_observations[rows]).gather(1, flat_actions[rows]).squeeze(1)
                loss = F.mse_loss(flat_returns[rows], old_val)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(q_network.parameters(), PQN_MAX_GRAD_NORM)
                optimizer.step()


serve(f"PyTorch {torch.__version__.split('a')[0].split('+')[0]}", {"train": train}, torch.backends.mkl.is_available())
