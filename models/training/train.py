"""Trains the networks of a prior in stages, on a pool of patches.

Every stage has a checkpoint, with which it goes on after an interruption. The
settings' seed, the stage and the number of images seen give all random draws,
so that an interruption changes nothing (on a CPU, where a stage ends after images).
"""

import contextlib
import time

import consistency
import diffusion
import distillation
import narrow
import numpy as np
import torch
import yaml
from network import Denoiser, network_of
from PIL import Image
from prior_folder import DENOISER, NETWORK
from torch.optim.swa_utils import get_ema_multi_avg_fn

PREVIEWS = 24

# Patches on which a light network is fitted to a wider one.
NARROWED_ON = 128


def best_device():
    """A GPU if there is one, with convolutions of float32 in float32.

    By default cuDNN rounds their inputs to 10 bits (TF32), which drowns the differences of
    neighbouring noise levels.
    """
    torch.backends.cudnn.allow_tf32 = False
    # Batches of training are all of one size: what is fastest for it is tried out once.
    torch.backends.cudnn.benchmark = True
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def read_settings(path):
    """The settings of a prior; the files and folders that they name are relative to their file."""
    settings = yaml.safe_load(path.read_text())
    for key in ("card", "credits", "start", "wider"):
        if key in settings:
            settings[key] = path.parent / settings[key]
    return settings


def begun_with(settings, key):
    """The folder of the prior that a key of the settings names, which must be there."""
    folder = settings[key]
    if not folder.is_dir():
        raise SystemExit(
            f"There is no prior {folder} to begin with. Train it first, or change `{key}` in the settings."
        )
    return folder


def installed_weights(folder, names):
    """Weights by kind of network of an installed prior of this pipeline, which must have these names."""
    weights = {}
    for kind, file in {"denoising": DENOISER, "consistency": NETWORK}.items():
        path = folder / file
        weights[kind] = torch.jit.load(path, map_location="cpu").state_dict()
        if weights[kind].keys() != names:
            raise SystemExit(f"{path} is another network than that of the settings.")
    return weights


def starting_weights(settings):
    """Weights by kind of network of the prior that the settings start from; none without one."""
    if "start" not in settings:
        return {}
    names = new_model(settings, torch.device("cpu")).state_dict().keys()
    return installed_weights(begun_with(settings, "start"), names)


def narrowed_weights(settings, pool, folder):
    """Weights by kind of network that make the networks copies of those of the wider prior that the
    settings name; none without one. Computed once: kept in the folder of the run."""
    if "wider" not in settings:
        return {}
    path = folder / "narrowed.pt"
    if not path.exists():
        wider = begun_with(settings, "wider")
        card = yaml.safe_load((wider / "rdf.yaml").read_text())
        wide = Denoiser(network_of(card["config"]["posteriorj"]["training"]["settings"]["network"]))
        random = np.random.default_rng(settings["seed"])
        images = pool.batch(NARROWED_ON, random).cpu()
        weights = {}
        for kind, wide_weights in installed_weights(wider, wide.state_dict().keys()).items():
            wide.load_state_dict(wide_weights)
            light = new_model(settings, torch.device("cpu"))
            narrow.narrow(light, wide, images, torch.Generator().manual_seed(settings["seed"]))
            weights[kind] = light.state_dict()
        save(weights, path)
    return torch.load(path, map_location="cpu")


def read_pool(data, structures=None):
    """[patches, size, size] float16, of all or of the wanted structures; stays in its file if all."""
    pool = torch.from_numpy(np.load(data / "pool.npy", mmap_mode="c"))
    if structures is None:
        return pool
    rows = np.flatnonzero(np.isin(np.load(data / "pool-structures.npy"), structures))
    if not len(rows):
        raise SystemExit(f"No patch in {data} shows {' or '.join(structures)}.")
    return pool[torch.from_numpy(rows)]


class Pool:
    """Random windows of patches, with random flips and transposition, on the device."""

    def __init__(self, patches, patch, device):
        # A CPU reads from the file what a batch needs; a GPU holds all.
        self.patches = patches if device.type == "cpu" else patches.to(device)
        self.patch = patch
        self.device = device

    def batch(self, count, random):
        """[count, 1, patch, patch] float32 in [-1, 1] nominal."""
        rows = random.integers(len(self.patches), size=(count, 1, 1))
        offsets = random.integers(self.patches.shape[-1] - self.patch + 1, size=(2, count, 1))
        flipped = random.random((2, count, 1)) < 0.5
        transposed = random.random((count, 1, 1)) < 0.5
        # Few numbers for each image: copies to a GPU of 64 KiB or more wait until it has nothing left to do.
        rows, offsets, flipped, transposed = (
            torch.from_numpy(array).to(self.device) for array in (rows, offsets, flipped, transposed)
        )
        # Counting down flips an axis.
        counted = torch.arange(self.patch, device=self.device)
        steps = offsets + torch.where(flipped, counted.flip(0), counted)
        images = self.patches[rows, steps[0][:, :, None], steps[1][:, None, :]]
        return torch.where(transposed, images.mT, images)[:, None].float()


class Average:
    """Exponential moving average of weights, its half-life counted in images."""

    def __init__(self, weights, half_life):
        self.weights = {name: value.detach().clone() for name, value in weights.items()}
        self.half_life = half_life

    @torch.no_grad()
    def add(self, weights, images, seen):
        # Short at first: the beginning is forgotten as fast as it is left behind.
        decay = 0.5 ** (images / min(self.half_life, max(images, 0.1 * seen)))
        get_ema_multi_avg_fn(decay)(list(self.weights.values()), list(weights.values()), None)


def rate_factor(share):
    """Of the learning rate after a share of a stage: a short rise, then constant, then to zero."""
    return min(1, share / 0.01, (1 - share) / 0.4)


def progress(stage, seen, seconds):
    """The share of a stage that is done: of its images, or of its minutes, which depend on the machine."""
    if "images" in stage:
        return min(1, seen / stage["images"])
    return min(1, seconds / (60 * stage["minutes"]))


def on_device(stage, device):
    """A stage's settings; those that name a value for each type of device (cpu, cuda) by the device's."""
    return {
        key: value[device.type] if isinstance(value, dict) else value
        for key, value in stage.items()
    }


def distillation_objective(stage, pool, teacher, seed):
    """The loss of distillation, which computes its batches ahead."""
    if teacher is None:
        raise SystemExit("Distillation needs a stage before it that trains a denoiser.")
    trajectories = distillation.Trajectories(teacher, pool, stage, seed)
    return lambda model, seen: distillation.distillation_loss(
        model, *trajectories.batch(seen // stage["batch"])
    )


def objective(stage, pool, teacher, seed):
    """The stage's loss of a model after a number of images seen, which gives the next batch."""
    if stage["objective"] == "distillation":
        return distillation_objective(stage, pool, teacher, seed)

    def loss(model, seen):
        random = np.random.default_rng([*seed, seen])
        generator = torch.Generator(pool.device).manual_seed(int(random.integers(2**63)))
        images = pool.batch(stage["batch"], random)
        if stage["objective"] == "denoising":
            return diffusion.denoising_loss(model, images, stage, generator)
        return consistency.consistency_loss(
            model, images, stage, generator, teacher if stage.get("target") == "teacher" else None
        )

    return loss


def autocast(stage, device):
    if stage["precision"] == "bfloat16":
        return torch.autocast(device.type, torch.bfloat16)
    return contextlib.nullcontext()


def new_model(settings, device):
    model = Denoiser(network_of(settings["network"])).to(device)
    if device.type == "cuda":
        # The order in which its tensor cores convolve.
        model = model.to(memory_format=torch.channels_last)
    return model


def model_of(settings, weights, device):
    """A model that is only evaluated."""
    model = new_model(settings, device)
    model.load_state_dict(weights)
    return model.eval().requires_grad_(False)


def save(state, path):
    """Under a temporary name first: an interruption leaves the last checkpoint whole."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def write_grid(images, path, columns=8):
    """A picture of images in [-1, 1], clipped."""
    rows = [np.hstack(row) for row in np.array_split(images.cpu().numpy()[:, 0], len(images) // columns)]
    gray = np.clip((np.vstack(rows) + 1) * 127.5, 0, 255).astype(np.uint8)
    Image.fromarray(gray).save(path)


def preview(stage, settings, weights, patch, path, device):
    """Samples of a stage, always from the same noise."""
    generator = torch.Generator(device).manual_seed(0)
    model = model_of(settings, weights, device)
    noise = torch.randn(PREVIEWS, 1, patch, patch, generator=generator, device=device)
    if stage["objective"] == "denoising":
        images = diffusion.heun_samples(model, noise, 18)
    else:
        one = consistency.samples(model, noise)
        two = consistency.samples(model, noise, settings["intermediate_sigma"], generator)
        images = torch.cat([one, two])
    write_grid(images, path)


def run_stage(stage, number, settings, pool, start, teacher, folder, device):
    """Trains one stage, or goes on with it; returns its averaged weights."""
    path = folder / f"{stage['name']}.pt"
    model = new_model(settings, device)
    # Into main memory: what is loaded from it finds its own place, the optimizer's step counts too.
    state = torch.load(path, map_location="cpu") if path.exists() else None
    if state is not None and progress(stage, state["seen"], state["seconds"]) >= 1:
        return state["average"]
    if start is not None:
        model.load_state_dict(start)
    optimizer = torch.optim.Adam(
        model.parameters(),
        lr=stage["learning_rate"],
        betas=tuple(stage["betas"]),
        fused=device.type == "cuda",
    )
    average = Average(model.state_dict(), stage["half_life"])
    seen, spent = 0, 0.0
    if state is not None:
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        average.weights = {name: value.to(device) for name, value in state["average"].items()}
        seen, spent = state["seen"], state["seconds"]
    batch = stage["batch"]
    loss_of = objective(stage, pool, teacher, [settings["seed"], number])
    saved, losses = time.time(), []
    # As if it had begun when it would have, without interruptions.
    began = time.time() - spent
    share = progress(stage, seen, spent)
    while share < 1:
        for group in optimizer.param_groups:
            group["lr"] = stage["learning_rate"] * rate_factor(share)
        with autocast(stage, device):
            loss = loss_of(model, seen)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), stage["clip"])
        optimizer.step()
        seen += batch
        average.add(model.state_dict(), batch, seen)
        losses.append(loss.detach())
        seconds = time.time() - began
        share = progress(stage, seen, seconds)
        if share >= 1 or time.time() - saved > settings["checkpoint_minutes"] * 60:
            mean = torch.stack(losses).mean().item()
            if not np.isfinite(mean):
                raise SystemExit(f"{stage['name']}: the loss is not finite. Lower learning_rate.")
            print(
                f"{stage['name']}: {seen} images, {100 * share:.0f} %, loss {mean:.4f},"
                f" {seen / seconds:.0f} images a second, {seconds * (1 / share - 1) / 60:.0f} min left",
                flush=True,
            )
            save(
                {
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "average": average.weights,
                    "seen": seen,
                    "seconds": seconds,
                },
                path,
            )
            preview(
                stage, settings, average.weights, pool.patch, folder / f"{stage['name']}.png", device
            )
            saved, losses = time.time(), []
    return average.weights


def trained_weights(settings, folder):
    """The averaged weights of the last denoiser and of the last stage."""
    last_denoiser = [s["name"] for s in settings["stages"] if s["objective"] == "denoising"][-1]
    return [
        torch.load(folder / f"{stage}.pt", map_location="cpu")["average"]
        for stage in (last_denoiser, settings["stages"][-1]["name"])
    ]


def train(settings, data, folder, device):
    """Runs all stages, each from the averaged weights of the last one of its kind.

    The first stage of the denoiser, and of the consistency model, begins with the prior that the settings
    start from, or with narrow copies of a wider one's networks, if any; else the consistency model begins
    with the denoiser.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings["seed"])
    pool = Pool(read_pool(data, settings.get("structures")), settings["patch"], device)
    weights = starting_weights(settings) | narrowed_weights(settings, pool, folder)
    teacher = None
    for number, stage in enumerate(settings["stages"]):
        stage = on_device(settings["defaults"] | stage, device)
        kind = "denoising" if stage["objective"] == "denoising" else "consistency"
        start = weights.get(kind, weights.get("denoising"))
        weights[kind] = run_stage(stage, number, settings, pool, start, teacher, folder, device)
        if kind == "denoising":
            teacher = model_of(settings, weights[kind], device)
