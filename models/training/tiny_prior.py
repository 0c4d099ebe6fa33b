"""Data, settings and a run for tests: as small as a prior can be."""

import numpy as np
import prepare
import tifffile
import train
import yaml

RECIPE = {
    "shares": {"nuclei": 0.5, "actin": 0.5},
    "sources": [
        {"files": "nuclei/*", "structure": "nuclei", "validation_every": 3},
        {"files": "actin/*", "structure": "actin", "validation_every": 3},
    ],
}

SETTINGS = {
    "seed": 1,
    "patch": 32,
    "network": {"widths": [8, 12, 16]},
    "intermediate_sigma": 0.8,
    "checkpoint_minutes": 60,
    "card": "card.yaml",
    "credits": "credits.yaml",
    "defaults": {
        "batch": 8,
        "betas": [0.9, 0.99],
        "half_life": 32,
        "clip": 1,
        "precision": "float32",
        "learning_rate": 1e-3,
        "mean": -0.6,
        "deviation": 1.4,
    },
    "stages": [
        {"name": "denoiser", "objective": "denoising", "images": 32},
        {"name": "tuning", "objective": "consistency", "halvings": 2, "images": 32},
        {"name": "distillation", "objective": "distillation", "levels": 2, "images": 32},
    ],
}


def write_images(folder):
    """Three images of each structure."""
    rng = np.random.default_rng(0)
    for structure in ("nuclei", "actin"):
        (folder / structure).mkdir(parents=True)
        for number in range(3):
            plane = prepare.microscopy_generator.mixture(rng, 80, 80)
            pixels = (60000 * plane).astype(np.uint16)
            tifffile.imwrite(folder / structure / f"{number}.tif", pixels)


def write_settings(root, name="settings.yaml", **changes):
    """The settings as a file, with the card and the credits that it names; returns its path."""
    (root / "card.yaml").write_text("{name: Tiny, description: A prior of nothing much.}")
    (root / "credits.yaml").write_text("[]")
    path = root / name
    path.write_text(yaml.safe_dump(SETTINGS | changes))
    return path


def prepare_data(root):
    """DATA as prepare.py makes it, with a pool of 32 patches of 48 x 48."""
    write_images(root / "images")
    recipe = root / "recipe.yaml"
    recipe.write_text(yaml.safe_dump(RECIPE))
    prepare.prepare(root / "images", recipe, root / "data", 32, 48, 0.5, 1)
    return root / "data"


def trained_run(settings, data, run):
    train.train(settings, data, run, train.best_device())
    return run
