"""CartPole-v1 in plain Python, with the arithmetic of Gymnasium's: one environment, or many that are reset at once when they end."""

import math
import random

import numpy as np

LIMIT = 500


class CartPole:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def reset(self):
        self.state = [self.random.uniform(-0.05, 0.05) for _ in range(4)]
        self.steps = 0
        return np.array(self.state, np.float32)

    def step(self, action):
        x, x_dot, theta, theta_dot = self.state
        force = 10.0 if action == 1 else -10.0
        cos, sin = math.cos(theta), math.sin(theta)
        push = (force + 0.05 * theta_dot * theta_dot * sin) / 1.1
        theta_acceleration = (9.8 * sin - cos * push) / (0.5 * (4.0 / 3.0 - 0.1 * cos * cos / 1.1))
        acceleration = push - 0.05 * theta_acceleration * cos / 1.1
        x, x_dot = x + 0.02 * x_dot, x_dot + 0.02 * acceleration
        theta, theta_dot = theta + 0.02 * theta_dot, theta_dot + 0.02 * theta_acceleration
        self.state = [x, x_dot, theta, theta_dot]
        self.steps += 1
        terminated = abs(x) > 2.4 or abs(theta) > 0.20943951023931953
        return np.array(self.state, np.float32), 1.0, terminated, self.steps >= LIMIT
