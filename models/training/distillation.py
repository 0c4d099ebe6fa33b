"""Distillation of a denoiser's probability flow into a map that leads to its end in one step.

Every state of a trajectory is taught the trajectory's end, which the denoiser computes once: nothing
that the map has yet to learn is among its targets, as it is in consistency training. (Luhman and
Luhman, "Knowledge Distillation in Iterative Generative Models for Improved Sampling Speed", 2021,
teach the end to the beginning alone.)
"""

import math

import numpy as np
import torch
from consistency import pseudo_huber
from diffusion import RHO, log_normal_levels
from network import SIGMA_DATA, SIGMA_MAX, SIGMA_MIN

# Batches of trajectories that are computed together, and whose states are shuffled. Of a few, the network
# would learn their levels by turns, and forget what it knows of the others.
BATCHES = 16

# Below it a state is its end but for noise that nobody sees.
LOWEST = 0.01


def levels_from(start, count, offset):
    """A start, and below it count - 1 levels that are spaced as in Karras et al. 2022 (equation 5);
    the offset below 1 moves them, so that no level is left out for good."""
    ramp = (np.arange(1, count) - offset) / (count - 1)
    begin, end = start ** (1 / RHO), LOWEST ** (1 / RHO)
    return [start, *((begin + ramp * (end - begin)) ** RHO).tolist()]


@torch.no_grad()
def flow(denoiser, x, levels):
    """The states at all levels of the probability flow that begins with x, and its end.

    Second-order multistep method (Lu et al., "DPM-Solver++", 2022, algorithm 2, with alpha = 1 and
    lambda = -ln(sigma)): one pass of the denoiser for each level, half of what Heun's method takes.
    """
    states, last, last_ratio = [], None, None
    for t, r in zip(levels, [*levels[1:], 0]):
        states.append(x)
        estimate = denoiser(x, x.new_full((len(x),), t))
        if r == 0:
            return torch.stack(states), estimate
        # ln of the ratio of levels is the length of a step.
        ratio = math.log(t / r)
        ahead = estimate
        if last is not None:
            ahead = estimate + (estimate - last) * ratio / (2 * last_ratio)
        x = ahead + (x - ahead) * r / t
        last, last_ratio = estimate, ratio


class Trajectories:
    """States of trajectories, their levels and their ends, in batches.

    Every other batch of trajectories begins at sigma_max, the others at ln(sigma) ~ N(mean, deviation^2),
    where their states are images with noise, as a sampler at a level meets them.
    """

    def __init__(self, denoiser, pool, settings, seed):
        self.denoiser, self.pool, self.settings, self.seed = denoiser, pool, settings, seed
        self.group = None

    def batch(self, number):
        """The batch of a number: states [batch, 1, y, x], levels [batch], ends [batch, 1, y, x]."""
        batches = BATCHES * self.settings["levels"]
        if number // batches != self.group:
            self.group = number // batches
            self.compute()
        rows = self.order[number % batches]
        return self.states[rows], self.levels[rows], self.ends[rows % len(self.ends)]

    def compute(self):
        """A group of trajectories, which the seed and the group's number give."""
        random = np.random.default_rng([*self.seed, self.group])
        generator = torch.Generator(self.pool.device).manual_seed(int(random.integers(2**63)))
        count, size = self.settings["levels"], self.settings["batch"]
        states, levels, ends = [], [], []
        for part in range(BATCHES):
            images = self.pool.batch(size, random)
            noise = torch.randn(images.shape, generator=generator, device=images.device)
            start = SIGMA_MAX if part % 2 == 0 else self.lower_start(generator)
            # A step that hardly leads away from the start says nothing of how the flow bends there.
            spaced = levels_from(start, count, 0.99 * random.random())
            flowed, end = flow(self.denoiser, images + start * noise, spaced)
            states.append(flowed)
            ends.append(end)
            levels.append(torch.tensor(spaced, device=images.device)[:, None].expand(count, size))
        # [levels, trajectories, ...] in rows, so that a row's remainder is its trajectory.
        self.states, self.levels = (torch.cat(s, 1).flatten(0, 1) for s in (states, levels))
        self.ends = torch.cat(ends)
        order = torch.from_numpy(random.permutation(len(self.states))).to(self.ends.device)
        self.order = order.split(size)

    def lower_start(self, generator):
        mean, deviation = self.settings["mean"], self.settings["deviation"]
        drawn = log_normal_levels(1, mean, deviation, generator, self.pool.device).item()
        return max(drawn, 2 * LOWEST)


def distillation_loss(model, states, levels, ends):
    """Mean over the batch of h(f(x_t, t) - x_0) / c_out(t), with h the pseudo-Huber norm of an image:
    divided by c_out, which the network's output is multiplied by, all levels count alike."""
    out = SIGMA_DATA * (levels - SIGMA_MIN) / (levels**2 + SIGMA_DATA**2).sqrt()
    return (pseudo_huber(model(states, levels) - ends) / out).mean()
