"""The U-Net of the published consistency models, and their weights read into it.

Song, Dhariwal, Chen and Sutskever ("Consistency Models", ICML 2023) published
networks of the architecture of Dhariwal and Nichol ("Diffusion Models Beat GANs
on Image Synthesis", NeurIPS 2021). Their checkpoints number the blocks in the
order of use; diffusers keeps the same weights under names by level.
"""

import dataclasses
import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional

GROUPS = 32


@dataclasses.dataclass(frozen=True)
class Architecture:
    """What a checkpoint does not tell of itself.

    ``attention`` says for each level, from the finest one, whether its blocks attend.
    """

    image_size: int
    channels: int
    multiples: tuple
    blocks: int
    attention: tuple
    head_channels: int
    scale_and_shift: bool
    classes: int | None = None
    image_channels: int = 3

    @property
    def size_multiple(self):
        return 2 ** (len(self.multiples) - 1)


LSUN_256 = Architecture(
    image_size=256,
    channels=256,
    multiples=(1, 1, 2, 2, 4, 4),
    blocks=2,
    attention=(False, False, False, True, True, True),
    head_channels=64,
    scale_and_shift=False,
)
ARCHITECTURES = {
    "imagenet64": Architecture(
        image_size=64,
        channels=192,
        multiples=(1, 2, 3, 4),
        blocks=3,
        attention=(False, True, True, True),
        head_channels=64,
        scale_and_shift=True,
        classes=1000,
    ),
    "bedroom256": LSUN_256,
    "cat256": LSUN_256,
}


class ResidualBlock(nn.Module):
    """Two convolutions with the noise level between them; may halve or double the size."""

    def __init__(self, inputs, outputs, embedding, scale_and_shift, resampling=None):
        super().__init__()
        self.resampling = resampling
        self.scale_and_shift = scale_and_shift
        self.first_norm = nn.GroupNorm(GROUPS, inputs)
        self.first = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.level = nn.Linear(embedding, outputs * (2 if scale_and_shift else 1))
        self.second_norm = nn.GroupNorm(GROUPS, outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def resample(self, x):
        if self.resampling == "down":
            return functional.avg_pool2d(x, 2)
        if self.resampling == "up":
            return functional.interpolate(x, scale_factor=2.0, mode="nearest")
        return x

    def forward(self, x, embedding):
        hidden = self.first(self.resample(functional.silu(self.first_norm(x))))
        level = self.level(functional.silu(embedding))[:, :, None, None]
        if self.scale_and_shift:
            scale, shift = level.chunk(2, 1)
            hidden = self.second_norm(hidden) * (1 + scale) + shift
        else:
            hidden = self.second_norm(hidden + level)
        return self.skip(self.resample(x)) + self.second(functional.silu(hidden))


class Attention(nn.Module):
    """Every pixel looks at every other one, in several heads."""

    def __init__(self, channels, head_channels):
        super().__init__()
        self.head_channels = head_channels
        self.norm = nn.GroupNorm(GROUPS, channels)
        self.query_key_value = nn.Linear(channels, 3 * channels)
        self.out = nn.Linear(channels, channels)

    def forward(self, x):
        pixels = self.norm(x).flatten(2).transpose(1, 2)
        joined = self.query_key_value(pixels).unflatten(2, (3, -1, self.head_channels))
        query, key, value = joined.permute(2, 0, 3, 1, 4).unbind(0)
        weights = (query @ key.transpose(2, 3) / math.sqrt(self.head_channels)).softmax(-1)
        attended = (weights @ value).transpose(1, 2).flatten(2)
        return x + self.out(attended).transpose(1, 2).unflatten(2, x.shape[2:])


class Level(nn.Module):
    """The blocks of one level on the way down or up, with what leads to the next level."""

    def __init__(self, widths, attention, resampling, architecture, embedding):
        super().__init__()
        scale_and_shift, heads = architecture.scale_and_shift, architecture.head_channels
        self.blocks = nn.ModuleList(
            ResidualBlock(inputs, outputs, embedding, scale_and_shift) for inputs, outputs in widths
        )
        self.attentions = nn.ModuleList(
            Attention(outputs, heads) for _, outputs in widths if attention
        )
        last = widths[-1][1]
        self.resampling = (
            ResidualBlock(last, last, embedding, scale_and_shift, resampling)
            if resampling
            else None
        )

    def block(self, i, x, embedding):
        x = self.blocks[i](x, embedding)
        return self.attentions[i](x) if len(self.attentions) else x


class UNet(nn.Module):
    """The network; ``label`` fixes the class of a class-conditional one."""

    def __init__(self, architecture, label=None):
        super().__init__()
        if (label is None) != (architecture.classes is None):
            raise ValueError(
                "A class-conditional network needs a class, and others take none: the class is"
                f" {label}, the number of classes {architecture.classes}."
            )
        if label is not None and not 0 <= label < architecture.classes:
            raise ValueError(
                f"The class must lie in 0 ... {architecture.classes - 1}, not be {label}."
            )
        self.architecture = architecture
        self.label = label
        channels, embedding = architecture.channels, 4 * architecture.channels
        self.time_first = nn.Linear(channels, embedding)
        self.time_second = nn.Linear(embedding, embedding)
        self.register_buffer("class_embedding", torch.zeros(embedding))
        half = channels // 2
        # A constant of float32: a trace would make numbers of double precision of it.
        frequencies = torch.exp(-math.log(10000) / half * torch.arange(half, dtype=torch.float32))
        self.register_buffer("frequencies", frequencies, persistent=False)
        widths = [channels * multiple for multiple in architecture.multiples]
        self.first = nn.Conv2d(architecture.image_channels, widths[0], 3, padding=1)
        levels = list(zip(widths, architecture.attention, strict=True))

        self.down = nn.ModuleList()
        kept = [widths[0]]
        width = widths[0]
        for i, (outputs, attends) in enumerate(levels):
            pairs = [(width, outputs)] + [(outputs, outputs)] * (architecture.blocks - 1)
            last = i == len(levels) - 1
            self.down.append(
                Level(pairs, attends, None if last else "down", architecture, embedding)
            )
            kept += [outputs] * (architecture.blocks + (0 if last else 1))
            width = outputs

        self.middle_first = ResidualBlock(width, width, embedding, architecture.scale_and_shift)
        self.middle_attention = Attention(width, architecture.head_channels)
        self.middle_second = ResidualBlock(width, width, embedding, architecture.scale_and_shift)

        self.up = nn.ModuleList()
        for i, (outputs, attends) in reversed(list(enumerate(levels))):
            pairs = []
            for _ in range(architecture.blocks + 1):
                pairs.append((width + kept.pop(), outputs))
                width = outputs
            self.up.append(Level(pairs, attends, "up" if i else None, architecture, embedding))

        self.last_norm = nn.GroupNorm(GROUPS, width)
        self.last = nn.Conv2d(width, architecture.image_channels, 3, padding=1)

    def embedding(self, time):
        angles = time[:, None] * self.frequencies[None]
        waves = torch.cat([angles.cos(), angles.sin()], 1)
        return self.time_second(functional.silu(self.time_first(waves))) + self.class_embedding

    def forward(self, x, time):
        embedding = self.embedding(time)
        hidden = self.first(x)
        kept = [hidden]
        for level in self.down:
            for i in range(len(level.blocks)):
                hidden = level.block(i, hidden, embedding)
                kept.append(hidden)
            if level.resampling is not None:
                hidden = level.resampling(hidden, embedding)
                kept.append(hidden)
        hidden = self.middle_attention(self.middle_first(hidden, embedding))
        hidden = self.middle_second(hidden, embedding)
        for level in self.up:
            for i in range(len(level.blocks)):
                hidden = level.block(i, torch.cat([hidden, kept.pop()], 1), embedding)
            if level.resampling is not None:
                hidden = level.resampling(hidden, embedding)
        return self.last(functional.silu(self.last_norm(hidden)))


class ConsistencyFunction(nn.Module):
    """f(x, sigma) of Song et al. 2023 (equation 5 and appendix C), so that f(x, sigma_min) = x."""

    def __init__(self, network, sigma_min=0.002, sigma_max=80.0, sigma_data=0.5):
        super().__init__()
        self.network = network
        self.sigma_min = sigma_min
        self.sigma_max = sigma_max
        self.sigma_data = sigma_data

    def forward(self, x, sigma):
        level = sigma[:, None, None, None]
        above = level - self.sigma_min
        variance = self.sigma_data**2
        norm = torch.rsqrt(level.square() + variance)
        skipped = x * variance / (above.square() + variance)
        # The network was trained with 1000 ln(sigma) / 4 in the place of a time step.
        return skipped + above * self.sigma_data * norm * self.network(
            x * norm, 250 * torch.log(sigma)
        )


RESIDUAL_OPENAI = {
    "first_norm": "in_layers.0",
    "first": "in_layers.2",
    "level": "emb_layers.1",
    "second_norm": "out_layers.0",
    "second": "out_layers.3",
    "skip": "skip_connection",
}
ATTENTION_OPENAI = {"norm": "norm", "query_key_value": "qkv", "out": "proj_out"}
OUTSIDE_OPENAI = {
    "time_first": "time_embed.0",
    "time_second": "time_embed.2",
    "first": "input_blocks.0.0",
    "last_norm": "out.0",
    "last": "out.2",
}
RESIDUAL_DIFFUSERS = {
    "first_norm": "norm1",
    "first": "conv1",
    "level": "time_emb_proj",
    "second_norm": "norm2",
    "second": "conv2",
    "skip": "conv_shortcut",
}
ATTENTION_DIFFUSERS = {"norm": "group_norm", "query_key_value": "to_{}", "out": "to_out.0"}
OUTSIDE_DIFFUSERS = {
    "time_first": "time_embedding.linear_1",
    "time_second": "time_embedding.linear_2",
    "first": "conv_in",
    "last_norm": "conv_norm_out",
    "last": "conv_out",
}


def places(network):
    """All blocks as (kind, name here, name in OpenAI's files, name in diffusers' files)."""
    number = 1
    for i, level in enumerate(network.down):
        for j in range(len(level.blocks)):
            yield (
                "block",
                f"down.{i}.blocks.{j}",
                f"input_blocks.{number}.0",
                f"down_blocks.{i}.resnets.{j}",
            )
            if len(level.attentions):
                yield (
                    "attention",
                    f"down.{i}.attentions.{j}",
                    f"input_blocks.{number}.1",
                    f"down_blocks.{i}.attentions.{j}",
                )
            number += 1
        if level.resampling is not None:
            yield (
                "block",
                f"down.{i}.resampling",
                f"input_blocks.{number}.0",
                f"down_blocks.{i}.downsamplers.0",
            )
            number += 1
    yield "block", "middle_first", "middle_block.0", "mid_block.resnets.0"
    yield "attention", "middle_attention", "middle_block.1", "mid_block.attentions.0"
    yield "block", "middle_second", "middle_block.2", "mid_block.resnets.1"
    number = 0
    for i, level in enumerate(network.up):
        for j in range(len(level.blocks)):
            yield (
                "block",
                f"up.{i}.blocks.{j}",
                f"output_blocks.{number}.0",
                f"up_blocks.{i}.resnets.{j}",
            )
            if len(level.attentions):
                yield (
                    "attention",
                    f"up.{i}.attentions.{j}",
                    f"output_blocks.{number}.1",
                    f"up_blocks.{i}.attentions.{j}",
                )
            number += 1
        if level.resampling is not None:
            # It stands at the end of the last block's list.
            index = 2 if len(level.attentions) else 1
            yield (
                "block",
                f"up.{i}.resampling",
                f"output_blocks.{number - 1}.{index}",
                f"up_blocks.{i}.upsamplers.0",
            )


def sources(network, openai):
    """For each module with weights: its name here and its name (or three) in the file."""
    yield from (OUTSIDE_OPENAI if openai else OUTSIDE_DIFFUSERS).items()
    for kind, here, in_openai, in_diffusers in places(network):
        there = in_openai if openai else in_diffusers
        if kind == "block":
            parts = RESIDUAL_OPENAI if openai else RESIDUAL_DIFFUSERS
        else:
            parts = ATTENTION_OPENAI if openai else ATTENTION_DIFFUSERS
        for part, name in parts.items():
            yield f"{here}.{part}", f"{there}.{name}"


def load(network, weights, openai):
    """Fills the network; every weight of the file must find its place, and every place a weight."""
    state = network.state_dict()
    filled = {}
    used = set()

    def take(name):
        if name not in weights:
            raise ValueError(f"The weights have no {name}: the architecture is another one.")
        used.add(name)
        return weights[name].float()

    for here, there in sources(network, openai):
        for kind in ("weight", "bias"):
            key = f"{here}.{kind}"
            if key not in state:
                continue  # the identity in the place of a skip
            names = [there.format(part) for part in "qkv"] if "{}" in there else [there]
            tensor = torch.cat([take(f"{name}.{kind}") for name in names])
            # Attention's 1 x 1 convolutions are matrices here.
            filled[key] = tensor.flatten(1) if state[key].dim() == 2 else tensor
            if filled[key].shape != state[key].shape:
                raise ValueError(
                    f"{there}.{kind} has the shape {tuple(tensor.shape)}, and the architecture"
                    f" expects {tuple(state[key].shape)}."
                )
    classes = "label_emb.weight" if openai else "class_embedding.weight"
    filled["class_embedding"] = state["class_embedding"]
    if network.label is not None:
        filled["class_embedding"] = take(classes)[network.label]
    left = set(weights) - used
    if left:
        raise ValueError(f"Weights that the architecture has no place for: {sorted(left)[:5]} ...")
    network.load_state_dict(filled)


def read_openai(file, architecture, label=None):
    """A consistency function of one of OpenAI's checkpoints (``cd_``, ``ct_`` ... ``.pt``)."""
    network = UNet(architecture, label)
    load(network, torch.load(file, map_location="cpu", weights_only=True), openai=True)
    return ConsistencyFunction(network).eval().requires_grad_(False)


def diffusers_architecture(config):
    """The architecture that a UNet2DModel's configuration describes."""
    allowed = {
        "upsample_type": "resnet",
        "downsample_type": "resnet",
        "act_fn": "silu",
        "time_embedding_type": "positional",
        "freq_shift": 0,
        "flip_sin_to_cos": True,
        "center_input_sample": False,
        "mid_block_scale_factor": 1,
        "add_attention": True,
        "norm_num_groups": GROUPS,
        "class_embed_type": None,
    }
    for key, value in allowed.items():
        if config.get(key, value) != value:
            raise ValueError(f"{key} is {config[key]!r}; only {value!r} can be exported.")
    if config.get("norm_eps", 1e-5) != 1e-5:
        raise ValueError(f"norm_eps is {config['norm_eps']}; only 1e-5 can be exported.")
    kinds = {"ResnetDownsampleBlock2D": False, "AttnDownBlock2D": True}
    unknown = set(config["down_block_types"]) - set(kinds)
    if unknown:
        raise ValueError(f"Unknown blocks: {sorted(unknown)}.")
    widths = config["block_out_channels"]
    return Architecture(
        image_size=config["sample_size"],
        channels=widths[0],
        multiples=tuple(width // widths[0] for width in widths),
        blocks=config["layers_per_block"],
        attention=tuple(kinds[name] for name in config["down_block_types"]),
        head_channels=config["attention_head_dim"],
        scale_and_shift=config["resnet_time_scale_shift"] == "scale_shift",
        classes=config.get("num_class_embeds"),
        image_channels=config["in_channels"],
    )


def read_diffusers(folder, label=None):
    """A consistency function of a folder that ConsistencyModelPipeline has saved."""
    import safetensors.torch

    folder = pathlib.Path(folder)
    config = json.loads((folder / "unet" / "config.json").read_text())
    scheduler = json.loads((folder / "scheduler" / "scheduler_config.json").read_text())
    if (
        scheduler.get("_class_name", "CMStochasticIterativeScheduler")
        != "CMStochasticIterativeScheduler"
    ):
        raise ValueError(
            f"The scheduler is a {scheduler['_class_name']}: this is no consistency model."
        )
    network = UNet(diffusers_architecture(config), label)
    weights = safetensors.torch.load_file(
        folder / "unet" / "diffusion_pytorch_model.safetensors", device="cpu"
    )
    load(network, weights, openai=False)
    constants = {
        key: scheduler[key] for key in ("sigma_min", "sigma_max", "sigma_data") if key in scheduler
    }
    return ConsistencyFunction(network, **constants).eval().requires_grad_(False)
