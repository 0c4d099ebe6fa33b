"""Tests of the export of published models: python -m unittest test_published (needs requirements.txt)."""

import dataclasses
import json
import math
import pathlib
import tempfile
import unittest
from unittest import mock

import export_published
import published
import safetensors.torch
import torch
import yaml

# As published, but small.
CONDITIONAL = dataclasses.replace(
    published.ARCHITECTURES["imagenet64"],
    channels=32,
    multiples=(1, 2, 3),
    blocks=1,
    attention=(False, True, True),
    head_channels=16,
    classes=5,
)
UNCONDITIONAL = dataclasses.replace(CONDITIONAL, scale_and_shift=False, classes=None)


def checkpoint(architecture, openai, seed=0):
    """Random weights under the names of a published file, and the network that they make."""
    torch.manual_seed(seed)
    label = None if architecture.classes is None else 3
    network = published.UNet(architecture, label)
    state = network.state_dict()
    for key in state:
        state[key] = 0.1 * torch.randn_like(state[key]) + (1 if "norm.weight" in key else 0)
    if label is None:
        state["class_embedding"].zero_()
    network.load_state_dict(state)
    weights = {}
    for here, there in published.sources(network, openai):
        for kind in ("weight", "bias"):
            if f"{here}.{kind}" not in state:
                continue
            tensor = state[f"{here}.{kind}"]
            if "{}" in there:
                for part, third in zip("qkv", tensor.chunk(3), strict=True):
                    weights[f"{there.format(part)}.{kind}"] = third.clone()
            elif openai and "query" in here and kind == "weight":
                weights[f"{there}.{kind}"] = tensor[:, :, None]  # their 1 x 1 convolutions
            else:
                weights[f"{there}.{kind}"] = tensor
    if label is not None:
        table = torch.randn(architecture.classes, 4 * architecture.channels)
        table[label] = state["class_embedding"]
        weights["label_emb.weight" if openai else "class_embedding.weight"] = table
    return network.eval(), weights


def diffusers_folder(folder, architecture, weights, **changes):
    config = {
        "sample_size": architecture.image_size,
        "in_channels": 3,
        "layers_per_block": architecture.blocks,
        "num_class_embeds": architecture.classes,
        "block_out_channels": [architecture.channels * m for m in architecture.multiples],
        "attention_head_dim": architecture.head_channels,
        "down_block_types": [
            "AttnDownBlock2D" if attends else "ResnetDownsampleBlock2D"
            for attends in architecture.attention
        ],
        "resnet_time_scale_shift": "scale_shift" if architecture.scale_and_shift else "default",
        "upsample_type": "resnet",
        "downsample_type": "resnet",
        **changes,
    }
    for name in ("unet", "scheduler"):
        (folder / name).mkdir()
    (folder / "unet" / "config.json").write_text(json.dumps(config))
    scheduler = {"_class_name": "CMStochasticIterativeScheduler", "sigma_max": 60.0}
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(scheduler))
    safetensors.torch.save_file(weights, folder / "unet" / "diffusion_pytorch_model.safetensors")


class PublishedTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = pathlib.Path(directory.name)
        self.x = torch.randn(2, 3, 64, 72, generator=torch.Generator().manual_seed(1))
        self.time = torch.tensor([-300.0, 900.0])

    def test_openai_names_are_read(self):
        for architecture, label in ((CONDITIONAL, 3), (UNCONDITIONAL, None)):
            network, weights = checkpoint(architecture, openai=True)
            file = self.folder / "cd.pt"
            torch.save(weights, file)
            found = published.read_openai(file, architecture, label)
            with torch.no_grad():
                expected = network(self.x, self.time)
                self.assertGreater(expected.std(), 0.1)
                torch.testing.assert_close(
                    found.network(self.x, self.time), expected, rtol=0, atol=0
                )

    def test_openai_names_are_the_published_ones(self):
        _, weights = checkpoint(CONDITIONAL, openai=True)
        # Level 0: block 1, then halving 2; level 1: block 3 with attention, halving 4.
        self.assertEqual(weights["input_blocks.3.1.qkv.weight"].shape, (192, 64, 1))
        self.assertIn("input_blocks.2.0.in_layers.2.weight", weights)
        self.assertNotIn("input_blocks.2.1.qkv.weight", weights)
        self.assertIn("middle_block.1.proj_out.weight", weights)
        self.assertIn("output_blocks.1.2.out_layers.3.weight", weights)  # the doubling
        self.assertEqual(weights["output_blocks.0.0.skip_connection.weight"].shape, (96, 192, 1, 1))

    def test_diffusers_names_are_read(self):
        network, weights = checkpoint(CONDITIONAL, openai=False)
        diffusers_folder(self.folder, CONDITIONAL, weights)
        found = published.read_diffusers(self.folder, 3)
        self.assertEqual(found.sigma_max, 60.0)
        with torch.no_grad():
            torch.testing.assert_close(
                found.network(self.x, self.time), network(self.x, self.time), rtol=0, atol=0
            )

    def test_at_the_lowest_level_an_image_is_returned_as_it_is(self):
        network, _ = checkpoint(UNCONDITIONAL, openai=True)
        function = published.ConsistencyFunction(network)
        with torch.no_grad():
            same = function(self.x, torch.full((2,), function.sigma_min))
        torch.testing.assert_close(same, self.x, rtol=0, atol=1e-6)

    def test_the_parametrisation_is_that_of_the_paper(self):
        class Constant(torch.nn.Module):
            def forward(self, x, time):
                return 2 * x + time[:, None, None, None]

        function = published.ConsistencyFunction(Constant())
        t = 3.0
        found = function(self.x[:1], torch.tensor([t]))
        skip = 0.25 / ((t - 0.002) ** 2 + 0.25)
        out = 0.5 * (t - 0.002) / math.sqrt(t * t + 0.25)
        expected = skip * self.x[:1] + out * (
            2 * self.x[:1] / math.sqrt(t * t + 0.25) + 1000 * math.log(t) / 4
        )
        torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-4)

    def test_the_class_matters_and_must_be_one(self):
        _, weights = checkpoint(CONDITIONAL, openai=True)
        file = self.folder / "cd.pt"
        torch.save(weights, file)
        images = []
        for label in (0, 4):
            function = published.read_openai(file, CONDITIONAL, label)
            with torch.no_grad():
                images.append(function(self.x, torch.tensor([80.0, 2.0])))
        self.assertGreater((images[0] - images[1]).abs().max(), 1e-3)
        for label in (None, -1, 5):
            with self.assertRaisesRegex(ValueError, "class"):
                published.read_openai(file, CONDITIONAL, label)
        with self.assertRaisesRegex(ValueError, "take none"):
            published.UNet(UNCONDITIONAL, 1)

    def test_weights_of_another_architecture_are_refused(self):
        _, weights = checkpoint(UNCONDITIONAL, openai=True)
        file = self.folder / "cd.pt"
        torch.save(weights, file)
        deeper = dataclasses.replace(UNCONDITIONAL, blocks=2)
        with self.assertRaisesRegex(ValueError, "the architecture"):
            published.read_openai(file, deeper)
        wider = dataclasses.replace(UNCONDITIONAL, channels=64)
        with self.assertRaisesRegex(ValueError, "expects"):
            published.read_openai(file, wider)
        torch.save({**weights, "extra.weight": torch.ones(1)}, file)
        with self.assertRaisesRegex(ValueError, "no place for.*extra"):
            published.read_openai(file, UNCONDITIONAL)

    def test_networks_of_other_kinds_are_refused(self):
        _, weights = checkpoint(UNCONDITIONAL, openai=False)
        diffusers_folder(self.folder, UNCONDITIONAL, weights, downsample_type="conv")
        with self.assertRaisesRegex(ValueError, "downsample_type"):
            published.read_diffusers(self.folder)

    def export(self, *words):
        with mock.patch.dict(published.ARCHITECTURES, {"imagenet64": CONDITIONAL}):
            export_published.main([*map(str, words), "--license", "MIT"])

    def test_the_exported_folder_is_a_prior(self):
        network, weights = checkpoint(CONDITIONAL, openai=True)
        file = self.folder / "cd_imagenet64_lpips.pt"
        torch.save(weights, file)
        folder = self.folder / "retriever"
        self.export(file, "--architecture", "imagenet64", "--class", 3, "--install", folder)
        card = yaml.safe_load((folder / "rdf.yaml").read_text())
        constants = card["config"]["posteriorj"]
        self.assertEqual(constants["channels"], 3)
        self.assertEqual(constants["size_multiple"], 4)
        self.assertEqual(constants["source"]["class"], 3)
        self.assertGreater(constants["gradient_bytes_per_pixel"], 1000)
        exported = torch.jit.load(folder / card["weights"]["torchscript"]["source"])
        x = self.x.clone().requires_grad_()
        found = exported(x, torch.tensor([5.0, 0.4]))
        expected = published.ConsistencyFunction(network)(self.x, torch.tensor([5.0, 0.4]))
        torch.testing.assert_close(found, expected, rtol=0, atol=1e-4)
        found.square().sum().backward()
        self.assertGreater(x.grad.abs().max(), 0)

    def test_what_cannot_be_exported_is_said(self):
        with self.assertRaisesRegex(SystemExit, "Nothing was exported"):
            self.export(
                self.folder / "none.pt", "--architecture", "cat256", "--install", self.folder / "a"
            )
        with self.assertRaisesRegex(SystemExit, "--architecture"):
            self.export(self.folder / "none.pt", "--install", self.folder / "a")


if __name__ == "__main__":
    unittest.main()
