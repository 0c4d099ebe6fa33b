"""Begins a light network as a narrow copy of a standard one that is trained already.

Layer after layer, the channels that count most are kept, and the weights of the light layer are the
least-squares solution that gives, from what the light layers before it compute, what the wide layer
computes (He, Zhang and Sun, "Channel Pruning for Accelerating Very Deep Neural Networks", ICCV 2017).
"""

from typing import NamedTuple

import torch
from network import SIGMA_DATA, LightUNet, UNet, embedded
from torch import nn
from torch.nn import functional

# Places of the activations on which the layers are fitted, and the ridge, as a share of the mean power.
PLACES = 12_000
RIDGE = 1e-4


class Pass(NamedTuple):
    """A layer, what went into it and what came out."""

    layer: nn.Module
    inputs: torch.Tensor
    outputs: torch.Tensor


def most_important(activations, weights, count):
    """The channels of largest variance times squared weights of the convolution that they go to."""
    importance = activations.var((0, 2, 3)) * weights.square().sum((0, 2, 3))
    return importance.topk(count).indices.sort().values


def at_places(images, places):
    """[places, channels]."""
    return images.flatten(2).transpose(1, 2).flatten(0, 1)[places]


def neighbourhoods(x, convolution, places):
    """[places, channels times taps], what the convolution weighs at each place."""
    unfolded = functional.unfold(
        x, convolution.kernel_size, padding=convolution.padding, stride=convolution.stride
    )
    return unfolded.transpose(1, 2).flatten(0, 1)[places]


def least_squares(features, targets):
    """Weights [features, targets] and biases."""
    features = torch.cat([features, features.new_ones(len(features), 1)], 1).double()
    powers = features.T @ features
    powers.diagonal().add_(RIDGE * powers.diagonal().mean())
    solution = torch.linalg.solve(powers, features.T @ targets.double()).float()
    return solution[:-1], solution[-1]


def some_places(images):
    generator = torch.Generator().manual_seed(0)
    count = len(images) * images[0, 0].numel()
    return torch.randperm(count, generator=generator)[:PLACES]


def set_convolution(convolution, weights, bias):
    convolution.weight.copy_(weights.T.reshape(convolution.weight.shape))
    convolution.bias.copy_(bias)


def fit_convolution(convolution, x, target):
    """Fits it to make the target of x; returns what it makes."""
    places = some_places(target)
    set_convolution(
        convolution,
        *least_squares(neighbourhoods(x, convolution, places), at_places(target, places)),
    )
    return convolution(x)


def inside(block, x, embedding):
    """The activations that go into a block's second convolution."""
    hidden = block.first(functional.silu(block.norm(x)))
    scale, shift = block.level(embedding)[:, :, None, None].chunk(2, 1)
    return hidden, functional.silu(block.inner_norm(hidden) * (1 + scale) + shift)


def fit_block(block, wide, inputs, x, target, embedding):
    """Fits a block on x to make the target, with the most important of the hidden channels of a wide
    block; inputs are the channels of the wide one's input that x stands for."""
    hidden, activations = inside(wide.layer, wide.inputs, embedding)
    second = wide.layer.second.weight
    kept = most_important(activations, second, block.first.out_channels)
    rows = torch.cat([kept, len(second[0]) + kept])
    block.level.weight.copy_(wide.layer.level.weight[rows])
    block.level.bias.copy_(wide.layer.level.bias[rows])
    block.norm.gain.copy_(wide.layer.norm.gain[:, inputs])
    fit_convolution(block.first, functional.silu(block.norm(x)), hidden[:, kept])
    _, activations = inside(block, x, embedding)
    if isinstance(block.skip, nn.Identity):
        fit_convolution(block.second, activations, target - x)
    else:
        # Both convolutions add up, so they are fitted together.
        places = some_places(target)
        features = neighbourhoods(activations, block.second, places)
        weights, bias = least_squares(
            torch.cat([features, at_places(x, places)], 1), at_places(target, places)
        )
        set_convolution(block.second, weights[: features.shape[1]], bias)
        set_convolution(block.skip, weights[features.shape[1] :], torch.zeros_like(bias))
    return block(x, embedding)


def wide_passes(wide, x, embedding):
    """The first features, and the passes of the way down, of the middle and of the way up."""
    features = x
    left, down, up = [features], [], []
    for layer in wide.down:
        outputs = layer(x, embedding) if hasattr(layer, "level") else layer(x)
        down.append(Pass(layer, x, outputs))
        left.append(outputs)
        x = outputs
    middle = Pass(wide.middle, x, wide.middle(x, embedding))
    x = middle.outputs
    for layer in wide.up:
        inputs = torch.cat([x, left.pop()], 1) if hasattr(layer, "level") else x
        x = layer(inputs, embedding) if hasattr(layer, "level") else layer(inputs)
        up.append(Pass(layer, inputs, x))
    return down, middle, up


@torch.no_grad()
def fit(light: LightUNet, wide: UNet, x, noise_input):
    """Makes the light network a copy of the wide one, as near as its channels allow on these inputs."""
    light.frequencies.copy_(wide.frequencies)
    light.embedding.load_state_dict(wide.embedding.state_dict())
    embedding = embedded(noise_input, wide.frequencies, wide.embedding)
    unshuffled = functional.pixel_unshuffle(x, 2)
    down, middle, up = wide_passes(wide, wide.first(unshuffled), embedding)
    levels = len(light.down)

    # The way down. inputs: which of the wide network's channels x stands for.
    trunks, left = [], []
    for level in range(levels):
        wide_block = down[2 * level]
        following = down[2 * level + 1].layer if level < levels - 1 else wide.middle.first
        trunk = most_important(
            wide_block.outputs, following.weight, light.down[level].second.out_channels
        )
        if level == 0:
            inputs = trunk
            x = fit_convolution(light.first, unshuffled, wide_block.inputs[:, trunk])
        x = fit_block(
            light.down[level], wide_block, inputs, x, wide_block.outputs[:, trunk], embedding
        )
        trunks.append(trunk)
        left.append(x)
        if level < levels - 1:
            strided = down[2 * level + 1].outputs
            next_first = down[2 * level + 2].layer.first.weight
            inputs = most_important(strided, next_first, light.shrink[level].out_channels)
            x = fit_convolution(light.shrink[level], x, strided[:, inputs])
    x = fit_block(light.middle, middle, trunk, x, middle.outputs[:, trunk], embedding)

    # The way up: of the two wide blocks of a level, the first is copied, and makes what the second made.
    inputs = torch.cat([trunk, len(middle.outputs[0]) + trunk])
    for step, block in enumerate(light.up):
        wide_block, outputs = up[3 * step], up[3 * step + 1].outputs
        last = step == levels - 1
        following = wide.last if last else up[3 * step + 2].layer.convolution
        trunk = most_important(outputs, following.weight, block.second.out_channels)
        x = torch.cat([x, left.pop()], 1)
        x = fit_block(block, wide_block, inputs, x, outputs[:, trunk], embedding)
        if not last:
            doubled, finer = up[3 * step + 2].outputs, up[3 * step + 3].layer.first.weight
            count = len(doubled[0])
            grow = light.grow[step]
            kept = most_important(doubled, finer[:, :count], grow.out_channels)
            larger = functional.interpolate(x, scale_factor=2.0, mode="nearest")
            x = fit_convolution(grow, larger, doubled[:, kept])
            inputs = torch.cat([kept, count + trunks[levels - 2 - step]])
    light.last_norm.gain.copy_(wide.last_norm.gain[:, trunk])
    target = wide.last(functional.silu(wide.last_norm(up[-1].outputs)))
    fit_convolution(light.last, functional.silu(light.last_norm(x)), target)


def narrow(light, wide, images, generator):
    """Fits a light denoiser on noisy images of levels as in training to copy a wide one."""
    sigma = (-0.4 + 1.5 * torch.randn(len(images), generator=generator)).exp().clamp(0.01, 80)
    level = sigma[:, None, None, None]
    noisy = images + level * torch.randn(images.shape, generator=generator)
    x = noisy / torch.sqrt(level**2 + SIGMA_DATA**2)
    fit(light.network, wide.network, x, torch.log(sigma) / 4)
