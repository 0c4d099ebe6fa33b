"""Tests of the training pipeline: python -m unittest (needs the packages of requirements.txt)."""

import csv
import pathlib
import shutil
import tempfile
import unittest
from unittest import mock

import consistency
import diffusion
import distillation
import export
import narrow
import network
import numpy as np
import prepare
import prior_folder
import tiny_prior
import torch
import train
import yaml

HERE = pathlib.Path(__file__).parent

# The settings of a network that have an entry for each of its levels.
CHANNELS = ("widths", "hidden")


class GaussianDenoiser(torch.nn.Module):
    """The exact denoiser of images of white noise with standard deviation sigma_data."""

    def forward(self, x, sigma):
        level = sigma[:, None, None, None]
        return x * network.SIGMA_DATA**2 / (network.SIGMA_DATA**2 + level**2)


class NetworkTest(unittest.TestCase):
    settings = {"widths": (8, 12, 16), "embedding": 16}

    def setUp(self):
        torch.manual_seed(0)
        self.model = network.Denoiser(network.network_of(self.settings))
        # The last layer starts at zero, and would hide what the others do.
        torch.nn.init.normal_(self.model.network.last.weight, std=0.1)
        self.model.eval().requires_grad_(False)

    def of_levels(self, count):
        cut = {key: value[:count] for key, value in self.settings.items() if key in CHANNELS}
        return network.network_of(self.settings | cut)

    def test_at_the_lowest_level_an_image_is_returned_as_it_is(self):
        x = torch.randn(2, 1, 24, 32)
        sigma = torch.full((2,), network.SIGMA_MIN)
        torch.testing.assert_close(self.model(x, sigma), x, rtol=0, atol=1e-6)

    def test_a_shift_of_the_input_shifts_the_output_away_from_the_border(self):
        x = torch.randn(1, 1, 256, 256)
        sigma = torch.tensor([1.0])
        whole = self.model(x, sigma)[..., 8:, 8:]
        part = self.model(x[..., 8:, 8:], sigma)
        middle = np.s_[..., 100:-100, 100:-100]
        torch.testing.assert_close(whole[middle], part[middle], rtol=0, atol=1e-5)

    def test_the_reach_is_how_far_away_a_pixel_counts(self):
        for levels in (1, 2, 3):
            unet = self.of_levels(levels)
            for layer in unet.modules():
                if isinstance(layer, network.nn.Conv2d):
                    torch.nn.init.normal_(layer.weight, std=0.1)
            model = network.Denoiser(unet.requires_grad_(False))
            farthest = 0
            for pixel in range(256, 256 + 2**levels):
                x = torch.randn(1, 1, 16, 512).requires_grad_(True)
                model(x, torch.ones(1))[0, 0, 8, pixel].backward()
                seen = x.grad[0, 0].abs().amax(0).nonzero()
                farthest = max(farthest, pixel - seen.min().item(), seen.max().item() - pixel)
            self.assertEqual(unet.reach(), farthest)

    def test_the_same_network_gives_the_same_file(self):
        with tempfile.TemporaryDirectory() as folder:
            hashes = set()
            for name in ("one", "other"):
                path = pathlib.Path(folder) / name / "model.pt"
                path.parent.mkdir()
                prior_folder.write_torchscript(self.model, path)
                hashes.add(prior_folder.sha256(path))
                # What a process has traced before must not count.
                torch.jit.trace(self.model, (torch.zeros(1, 1, 16, 16), torch.ones(1)))
            self.assertEqual(len(hashes), 1)

    def test_the_exported_file_computes_the_same_for_any_size_and_batch(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "model.pt"
            prior_folder.write_torchscript(self.model, path)
            loaded = torch.jit.load(path)
            for shape in ((1, 1, 16, 16), (3, 1, 40, 64)):
                x, sigma = torch.randn(shape), torch.rand(shape[0]) + 0.1
                torch.testing.assert_close(loaded(x, sigma), self.model(x, sigma))
            self.assertNotIn(str(HERE).encode(), path.read_bytes())


class LightNetworkTest(NetworkTest):
    """The same of the light design."""

    settings = {"design": "light", "widths": (8, 12, 16), "hidden": (6, 8, 10), "embedding": 16}

    def test_settings_without_a_design_mean_the_standard_one(self):
        self.assertIsInstance(network.network_of({"widths": (8, 12)}), network.UNet)
        self.assertIsInstance(self.model.network, network.LightUNet)


class NarrowTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        self.images = network.SIGMA_DATA * torch.randn(48, 1, 32, 32)
        self.wide = network.Denoiser(network.UNet(widths=(8, 12, 16), embedding=16))
        for layer in self.wide.modules():
            if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear)):
                torch.nn.init.normal_(layer.weight, std=layer.weight[0].numel() ** -0.5)
        self.wide.requires_grad_(False)

    def use_no_more_than_a_light_network_has(self):
        """Leaves the second block of a level on the way up nothing to do, and neighbours uncounted
        where the size doubles."""
        blocks = [b for b in self.wide.network.up if isinstance(b, network.ResidualBlock)]
        for block in blocks[1::2]:
            block.second.weight.zero_()
            # The channels that come from the way down.
            block.skip.weight[:, len(block.skip.weight) :] = 0
        for layer in self.wide.network.up:
            if isinstance(layer, network.Upsampling):
                middle = layer.convolution.weight[:, :, 1, 1].clone()
                layer.convolution.weight.zero_()
                layer.convolution.weight[:, :, 1, 1] = 3 * middle

    def relative_error(self, light):
        """Of what the networks compute from images that none was fitted on, in units of its variance."""
        x = torch.randn(16, 1, 32, 32, generator=torch.Generator().manual_seed(7))
        levels = torch.linspace(-1, 1, 16)
        wanted = self.wide.network(x, levels)
        return ((light.network(x, levels) - wanted).square().mean() / wanted.var()).item()

    def test_what_a_light_network_can_compute_is_copied(self):
        self.use_no_more_than_a_light_network_has()
        sizes = {"widths": (8, 12, 16), "hidden": (8, 12, 16), "embedding": 16}
        light = network.Denoiser(network.LightUNet(**sizes)).requires_grad_(False)
        self.assertGreater(self.relative_error(light), 0.5)
        narrow.narrow(light, self.wide, self.images, torch.Generator().manual_seed(1))
        self.assertLess(self.relative_error(light), 0.05)

    def test_channels_that_do_nothing_are_dropped_without_loss(self):
        block = self.wide.network.middle
        x = torch.randn(8, 16, 16, 16)
        embedding = torch.randn(8, 16)
        idle = [1, 4, 5, 9]
        block.second.weight[:, idle] = 0
        light = network.ResidualBlock(16, 16, 16, hidden=12).requires_grad_(False)
        wanted = block(x, embedding)
        passed = narrow.Pass(block, x, wanted)
        made = narrow.fit_block(light, passed, torch.arange(16), x, wanted, embedding)
        _, activations = narrow.inside(block, x, embedding)
        kept = narrow.most_important(activations, block.second.weight, 12)
        self.assertEqual(set(range(16)) - set(kept.tolist()), set(idle))
        self.assertLess(((made - wanted).square().mean() / wanted.var()).item(), 0.05)


class PatchesTest(unittest.TestCase):
    """How patches are drawn from fields."""

    def setUp(self):
        self.rng = np.random.default_rng(8)
        self.plane = prepare.normalised(self.rng.normal(size=(120, 120)) ** 2)

    def test_black_stays_where_it_is(self):
        patch = np.full((4, 4), -1.0)
        np.testing.assert_array_equal(prepare.exposed(self.rng, patch, 0.01), patch)

    def test_peaks_of_dim_patches_are_raised_anywhere(self):
        patch = prepare.brightened(self.plane, 0.3)
        raised = [np.quantile(prepare.exposed(self.rng, patch, 0.0), 0.998) for _ in range(200)]
        # Half of the peaks are put anywhere up to 1.05, so 200 leave no tenth of it out.
        self.assertGreater(max(raised), 0.85)
        self.assertLess(max(raised), 1.06)
        self.assertLess(min(raised), -0.3)

    def test_noise_is_not_raised(self):
        patch = prepare.brightened(self.plane, 0.3)
        noise = 0.02
        for _ in range(200):
            gain = np.ptp(prepare.exposed(self.rng, patch, noise)) / np.ptp(patch)
            self.assertLess(gain, prepare.FIELD_GAINS[1] + 1e-6)

    def test_a_reduced_patch_shows_the_whole_without_aliasing(self):
        # Of a pattern beyond its Nyquist frequency the mean is left, and ramps stay ramps.
        checkers = np.indices((96, 96)).sum(0) % 2
        ramp = np.linspace(0, 1, 96)[None].repeat(96, 0)
        small = prepare.reduced(checkers + ramp, 64)
        self.assertEqual(small.shape, (64, 64))
        wanted = 0.5 + (np.arange(64) * 1.5 + 0.25) / 95
        # The kernel is cut off at the border; elsewhere the checkers leave less than an eighth of themselves.
        np.testing.assert_allclose(small[4:-4].mean(0)[4:-4], wanted[4:-4], atol=0.03)
        self.assertLess(small[4:-4, 4:-4].std(0).max(), 0.13)

    def test_oversampled_fields_alone_are_reduced(self):
        with mock.patch.object(prepare, "reduced", side_effect=prepare.reduced) as reduced:
            for cutoff, drawn in ((0.45, 0), (0.2, 40)):
                fields = [prepare.Field(self.plane, 1, 0.01, cutoff)]
                for _ in range(40):
                    self.assertEqual(prepare.training_patch(self.rng, fields, 64).shape, (64, 64))
                # 40 draws of a share of 0.35: none with probability 3e-8.
                self.assertEqual(reduced.call_count > 0, drawn > 0)


class DiffusionTest(unittest.TestCase):
    def test_levels_fall_from_the_highest_to_the_lowest(self):
        levels = diffusion.karras_levels(18)
        self.assertAlmostEqual(levels[0].item(), network.SIGMA_MAX, places=3)
        self.assertAlmostEqual(levels[-1].item(), network.SIGMA_MIN, places=6)
        self.assertTrue((levels.diff() < 0).all())

    def test_a_heun_step_is_of_second_order(self):
        x = torch.randn(2, 1, 4, 4, generator=torch.Generator().manual_seed(4))
        start = torch.tensor([2.0, 5.0], dtype=torch.float64)
        deviation = (start**2 + network.SIGMA_DATA**2).sqrt()

        def error(share):
            # The exact solution for Gaussian images: x grows like their noisy deviation.
            end = start * (1 - share)
            exact = x * ((end**2 + network.SIGMA_DATA**2).sqrt() / deviation)[:, None, None, None]
            step = diffusion.heun_step(GaussianDenoiser(), x.double(), start, end)
            return (step - exact).abs().max().item()

        # A local error of third order: eight times less at half the step; 10 % for the next order.
        self.assertAlmostEqual(error(0.02) / error(0.01), 8, delta=0.8)

    def test_heun_samples_of_a_gaussian_have_its_deviation(self):
        noise = torch.randn(64, 1, 32, 32, generator=torch.Generator().manual_seed(1))
        images = diffusion.heun_samples(GaussianDenoiser(), noise, 40)
        # Four standard errors of a deviation from 65536 values, and Heun's error.
        self.assertAlmostEqual(images.std().item(), network.SIGMA_DATA, delta=0.01)

    def test_the_exact_denoiser_has_the_least_loss(self):
        images = network.SIGMA_DATA * torch.randn(256, 1, 16, 16)
        settings = {"mean": -0.6, "deviation": 1.4}

        def loss(factor):
            exact = GaussianDenoiser()
            generator = torch.Generator().manual_seed(2)
            return diffusion.denoising_loss(
                lambda x, s: factor * exact(x, s), images, settings, generator
            )

        self.assertLess(loss(1.0), loss(0.95))
        self.assertLess(loss(1.0), loss(1.05))


class ConsistencyTest(unittest.TestCase):
    def test_the_gap_halves(self):
        t = torch.tensor([0.5, 5.0, 50.0])
        gaps = [t - consistency.lower_level(t, halvings) for halvings in (4, 5)]
        torch.testing.assert_close(gaps[0], 2 * gaps[1])

    def test_the_exact_consistency_function_of_a_gaussian_has_no_loss_against_its_teacher(self):
        def exact(x, sigma):
            level = sigma[:, None, None, None]
            deviation = network.SIGMA_DATA**2
            lowest = (deviation + network.SIGMA_MIN**2) ** 0.5
            return x * lowest / (deviation + level**2).sqrt()

        def loss(model):
            settings = {"mean": -0.8, "deviation": 1.8, "halvings": 5}
            generator = torch.Generator().manual_seed(3)
            images = network.SIGMA_DATA * torch.randn(64, 1, 16, 16, generator=generator)
            return consistency.consistency_loss(
                model, images, settings, generator, GaussianDenoiser()
            ).item()

        self.assertLess(loss(exact), 0.05 * loss(lambda x, s: 0.9 * exact(x, s) + 0.1 * x))

    def test_the_ends_of_a_pair_lie_on_one_trajectory(self):
        t, r = torch.tensor([2.0]), torch.tensor([1.0])
        image = torch.zeros(1, 1, 8, 8)
        noisy, less = consistency.pair(image, t, r, torch.Generator().manual_seed(0), None)
        torch.testing.assert_close(noisy, 2 * less)


def gaussian_end(x, sigma):
    """Where the probability flow leads for images of white noise, exactly."""
    level = sigma[:, None, None, None]
    return x * network.SIGMA_DATA / (network.SIGMA_DATA**2 + level**2).sqrt()


class DistillationTest(unittest.TestCase):
    settings = {"batch": 2, "levels": 12, "mean": -0.5, "deviation": 1.2}

    def setUp(self):
        patches = network.SIGMA_DATA * torch.randn(32, 16, 16, generator=torch.Generator().manual_seed(1))
        self.pool = train.Pool(patches.half(), 16, torch.device("cpu"))

    def trajectories(self):
        return distillation.Trajectories(GaussianDenoiser(), self.pool, self.settings, [1, 2])

    def test_levels_fall_from_the_start_and_offsets_fill_the_gaps(self):
        first = distillation.levels_from(80.0, 10, 0.0)
        moved = distillation.levels_from(80.0, 10, 0.999)
        self.assertEqual(first[0], 80)
        self.assertAlmostEqual(first[-1], distillation.LOWEST, places=6)
        self.assertEqual(first, sorted(first, reverse=True))
        for below, above in zip(moved[2:], first[1:]):
            self.assertAlmostEqual(below, above, delta=0.01 * above)

    def test_the_flow_ends_where_the_exact_one_does_with_an_error_of_second_order(self):
        x = 80 * torch.randn(4, 1, 8, 8, generator=torch.Generator().manual_seed(0))
        exact = gaussian_end(x, torch.full((4,), 80.0))
        errors = []
        for count in (32, 64, 128):
            levels = distillation.levels_from(80.0, count, 0.0)
            states, end = distillation.flow(GaussianDenoiser(), x, levels)
            self.assertEqual(states.shape, (count, 4, 1, 8, 8))
            # What is left of the noise at the lowest level is not the method's error.
            lowest = torch.full((4,), levels[-1])
            scale = (network.SIGMA_DATA**2 + levels[-1] ** 2) ** 0.5 / network.SIGMA_DATA
            least = GaussianDenoiser()(scale * exact, lowest)
            errors.append(((end - least).norm() / least.norm()).item())
        self.assertLess(errors[0], 0.03)
        self.assertLess(errors[1], 0.35 * errors[0])
        self.assertLess(errors[2], 0.35 * errors[1])

    def test_every_state_of_a_group_is_taught_once(self):
        trajectories = self.trajectories()
        count = distillation.BATCHES * self.settings["levels"]
        batches = [trajectories.batch(number) for number in range(count)]
        levels = torch.cat([t for _, t, _ in batches])
        self.assertEqual(len(levels), count * self.settings["batch"])
        states = torch.cat([x for x, _, _ in batches])
        self.assertEqual(len(states.flatten(1).unique(dim=0)), len(states))
        highest = (levels == network.SIGMA_MAX).sum()
        self.assertEqual(highest, distillation.BATCHES // 2 * self.settings["batch"])
        for x, t, ends in batches:
            # The method's own error with so few levels; of another trajectory's end it would be 1.4.
            self.assertLess((gaussian_end(x, t) - ends).norm(), 0.15 * ends.norm())

    def test_a_batch_is_the_same_whatever_came_before(self):
        later = distillation.BATCHES * self.settings["levels"] + 3
        first, second = self.trajectories(), self.trajectories()
        for number in (0, later):
            expected = first.batch(number)
        for a, b in zip(expected, second.batch(later)):
            torch.testing.assert_close(a, b, rtol=0, atol=0)

    def test_the_exact_map_has_least_loss(self):
        fine = self.settings | {"levels": 48}
        states, levels, ends = distillation.Trajectories(
            GaussianDenoiser(), self.pool, fine, [1, 2]
        ).batch(0)
        exact = distillation.distillation_loss(gaussian_end, states, levels, ends).item()
        off = distillation.distillation_loss(
            lambda x, t: 1.2 * gaussian_end(x, t), states, levels, ends
        ).item()
        self.assertLess(exact, 0.5 * off)


class TrainingTest(unittest.TestCase):
    """A tiny prior from a folder of images to an exported folder."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        cls.data = tiny_prior.prepare_data(cls.root)
        cls.settings = tiny_prior.SETTINGS
        cls.run_folder = tiny_prior.trained_run(cls.settings, cls.data, cls.root / "run")
        cls.settings_file = tiny_prior.write_settings(cls.root)
        cls.general = cls.root / "general"
        export.install(train.read_settings(cls.settings_file), cls.run_folder, cls.general)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_training(self, name, settings=tiny_prior.SETTINGS):
        run = tiny_prior.trained_run(settings, self.data, self.root / name)
        return train.trained_weights(settings, run)[1]

    def test_background_becomes_minus_one_and_the_brightest_plus_one(self):
        plane = np.full((100, 100), 300.0)
        plane[40:60, 40:60] = 900
        self.assertEqual(set(np.unique(prepare.normalised(plane))), {-1.0, 1.0})

    def test_every_file_is_reported(self):
        with open(self.data / "images.csv", newline="") as file:
            uses = [(row["file"], row["use"]) for row in csv.DictReader(file)]
        use = {"0.tif": "training", "1.tif": "training", "2.tif": "validation"}
        expected = [(f"{s}/{n}", u) for s in ("nuclei", "actin") for n, u in use.items()]
        self.assertEqual(uses, expected)

    def test_the_default_recipe_keeps_every_fifth_image(self):
        report = []
        images = self.root / "six"
        images.mkdir()
        for number, file in enumerate(sorted((self.root / "images").glob("*/*"))):
            shutil.copy(file, images / f"{number}.tif")
        prepare.load(images, prepare.DEFAULT_RECIPE, report)
        uses = [row["use"] for row in report]
        self.assertEqual(uses, ["training"] * 4 + ["validation", "training"])

    def test_patches_of_a_structure_are_found_again(self):
        shown = np.load(self.data / "pool-structures.npy")
        pool = np.load(self.data / "pool.npy")
        self.assertEqual(set(shown), {"nuclei", "actin", prepare.GENERATED})
        found = train.read_pool(self.data, ["nuclei"]).numpy()
        np.testing.assert_array_equal(found, pool[shown == "nuclei"])
        with self.assertRaisesRegex(SystemExit, "No patch .* shows tubulin"):
            train.read_pool(self.data, ["tubulin"])

    def test_patches_have_the_wanted_size_and_are_turned(self):
        pool = train.Pool(train.read_pool(self.data), 32, torch.device("cpu"))
        batch = pool.batch(16, np.random.default_rng(5))
        self.assertEqual(batch.shape, (16, 1, 32, 32))
        self.assertEqual(batch.dtype, torch.float32)

    def test_turned_patches_are_windows_of_the_pool(self):
        rows = np.arange(48 * 48, dtype=np.float32).reshape(1, 48, 48)
        pool = train.Pool(torch.from_numpy(rows), 32, torch.device("cpu"))
        batch = pool.batch(32, np.random.default_rng(6))[:, 0].numpy()
        orientations = set()
        for patch in batch:
            least = patch.min()
            top, left = divmod(int(least), 48)
            window = rows[0, top : top + 32, left : left + 32]
            for transposed in (False, True):
                for flips in ((), (0,), (1,), (0, 1)):
                    turned = np.flip(window.T if transposed else window, flips)
                    if np.array_equal(turned, patch):
                        orientations.add((transposed, flips))
        # 32 draws miss one of eight orientations with probability 8 (7/8)^32 = 0.11: one may miss.
        self.assertGreaterEqual(len(orientations), 7)

    def test_float32_is_not_rounded_by_a_gpu(self):
        train.best_device()
        self.assertFalse(torch.backends.cudnn.allow_tf32)

    def test_bfloat16_leaves_every_weight_its_gradient(self):
        # The first of the two passes has no gradient, and autocast keeps rounded weights.
        model = train.new_model(self.settings, torch.device("cpu"))
        torch.nn.init.normal_(model.network.last.weight, std=0.1)
        settings = {"mean": -0.8, "deviation": 1.8, "halvings": 1}
        with train.autocast({"precision": "bfloat16"}, torch.device("cpu")):
            loss = consistency.consistency_loss(
                model, torch.randn(4, 1, 32, 32), settings, torch.Generator().manual_seed(1)
            )
        loss.backward()
        for name, weights in model.named_parameters():
            self.assertIsNotNone(weights.grad, name)

    def test_an_interruption_changes_nothing(self):
        uninterrupted = train.trained_weights(self.settings, self.run_folder)[1]
        settings = self.settings | {"checkpoint_minutes": 0}
        with mock.patch.object(train, "preview", side_effect=[None, None, KeyboardInterrupt]):
            with self.assertRaises(KeyboardInterrupt):
                self.run_training("cut", settings)
        resumed = self.run_training("cut")
        for key, value in uninterrupted.items():
            torch.testing.assert_close(resumed[key], value, rtol=0, atol=0)

    def test_each_kind_of_network_goes_on_from_its_own_last_stage(self):
        first = self.settings["stages"][:2]
        again = [stage | {"name": f"{stage['name']}-again", "learning_rate": 0.0} for stage in first]
        self.run_training("again", self.settings | {"stages": first + again})
        for stage in first:
            before, after = (
                torch.load(self.root / "again" / f"{name}.pt")["average"]
                for name in (stage["name"], f"{stage['name']}-again")
            )
            for key, value in before.items():
                torch.testing.assert_close(after[key], value, rtol=0, atol=0)

    def test_settings_may_depend_on_the_device(self):
        stage = {"batch": {"cpu": 16, "cuda": 256}, "clip": 1}
        for device, batch in (("cpu", 16), ("cuda", 256)):
            self.assertEqual(
                train.on_device(stage, torch.device(device)), {"batch": batch, "clip": 1}
            )

    def test_every_settings_file_names_a_network_and_what_its_stages_need(self):
        for path in HERE.glob("*-64*.yaml"):
            settings = yaml.safe_load(path.read_text())
            if "stages" not in settings:
                continue
            network.network_of(settings["network"])
            for stage in settings["stages"]:
                whole = train.on_device(settings["defaults"] | stage, torch.device("cpu"))
                self.assertEqual(train.progress(whole, 0, 0), 0, path)
                self.assertIn(whole["precision"], ("float32", "bfloat16"))

    def test_a_stage_by_minutes_ends_when_they_are_over(self):
        self.assertEqual(train.progress({"minutes": 2}, 1000, 60), 0.5)
        self.assertEqual(train.progress({"images": 500}, 125, 60), 0.25)
        # The last batch may go beyond the end.
        self.assertEqual(train.progress({"minutes": 2}, 1000, 121), 1)
        self.assertEqual(train.progress({"images": 500}, 512, 60), 1)
        settings = self.settings | {
            "stages": [
                {"name": "denoiser", "objective": "denoising", "images": 32},
                {"name": "tuning", "objective": "denoising", "minutes": 0.02},
            ]
        }
        self.run_training("timed", settings)
        state = torch.load(self.root / "timed" / "tuning.pt")
        self.assertGreaterEqual(state["seconds"], 1.2)
        with mock.patch.object(train, "objective", side_effect=AssertionError):
            self.run_training("timed", settings)

    def test_a_light_prior_begins_as_a_narrow_copy_of_a_wider_one(self):
        light = {"design": "light", "widths": [8, 12, 16], "hidden": [4, 6, 8]}
        frozen = tiny_prior.SETTINGS["defaults"] | {"learning_rate": 0.0}
        path = tiny_prior.write_settings(
            self.root, "light.yaml", wider="general", network=light, defaults=frozen
        )
        settings = train.read_settings(path)
        run = tiny_prior.trained_run(settings, self.data, self.root / "narrowed")
        narrowed = torch.load(run / "narrowed.pt")
        for trained, objective in zip(
            train.trained_weights(settings, run), ("denoising", "consistency")
        ):
            for key, value in narrowed[objective].items():
                torch.testing.assert_close(trained[key], value, rtol=0, atol=0)
        # What it is a copy of is told in its card.
        export.install(settings, run, self.root / "light")
        constants = yaml.safe_load((self.root / "light" / "rdf.yaml").read_text())["config"]
        self.assertEqual(constants["posteriorj"]["parent"]["name"], "Tiny")
        self.assertEqual(constants["posteriorj"]["reach"], 89)

    def test_the_same_seed_gives_the_same_weights(self):
        first = train.trained_weights(self.settings, self.run_folder)[1]
        second = self.run_training("repeated")
        for key, value in first.items():
            torch.testing.assert_close(second[key], value, rtol=0, atol=0)

    def test_the_prior_is_exported_with_its_card(self):
        target = self.general
        card = yaml.safe_load((target / "rdf.yaml").read_text())
        self.assertEqual(card["name"], "Tiny")
        self.assertEqual(
            card["config"]["posteriorj"]["sha256"], prior_folder.sha256(target / "consistency-model.pt")
        )
        # Three levels, as in the bundled priors.
        self.assertEqual(card["config"]["posteriorj"]["reach"], 123)
        self.assertIn("A prior of nothing much.", (target / card["documentation"]).read_text())
        clean = torch.jit.load(target / "consistency-model.pt")(
            torch.from_numpy(np.load(target / "test-noisy.npy")),
            torch.from_numpy(np.load(target / "test-sigma.npy")),
        )
        torch.testing.assert_close(clean, torch.from_numpy(np.load(target / "test-clean.npy")))

    def test_a_readme_that_is_there_stays(self):
        target = self.root / "described"
        target.mkdir()
        (target / "README.md").write_text("by hand")
        export.install(train.read_settings(self.settings_file), self.run_folder, target)
        self.assertEqual((target / "README.md").read_text(), "by hand")

    def test_a_specialised_prior_starts_from_the_general_one(self):
        # A rate of zero leaves each network what it was at its start.
        frozen = tiny_prior.SETTINGS["defaults"] | {"learning_rate": 0.0}
        path = tiny_prior.write_settings(
            self.root,
            "special.yaml",
            start="general",
            structures=["nuclei"],
            defaults=frozen,
            white=0.4,
        )
        special = self.root / "special"
        settings = train.read_settings(path)
        tiny_prior.trained_run(settings, self.data, self.root / "frozen")
        export.install(settings, self.root / "frozen", special)
        for file in ("denoiser.pt", "consistency-model.pt"):
            before = torch.jit.load(self.general / file).state_dict()
            after = torch.jit.load(special / file).state_dict()
            for key, value in before.items():
                torch.testing.assert_close(after[key], value, rtol=0, atol=0)
        constants = yaml.safe_load((special / "rdf.yaml").read_text())["config"]["posteriorj"]
        sha = prior_folder.sha256(self.general / "consistency-model.pt")
        self.assertEqual(constants["parent"], {"name": "Tiny", "sha256": sha})
        self.assertEqual(constants["training"]["settings"]["structures"], ["nuclei"])
        self.assertEqual(constants["value_range"], [-1, 0.4])

    def test_a_start_of_another_network_is_refused(self):
        path = tiny_prior.write_settings(
            self.root, "wider.yaml", start="general", network={"widths": [8, 12]}
        )
        with self.assertRaisesRegex(SystemExit, "another network"):
            train.starting_weights(train.read_settings(path))

    def test_a_start_that_is_not_there_is_named(self):
        path = tiny_prior.write_settings(self.root, "without.yaml", start="nowhere")
        with self.assertRaisesRegex(SystemExit, "no prior .*nowhere .* change `start`"):
            train.starting_weights(train.read_settings(path))

    def test_a_wider_prior_that_is_not_there_is_named(self):
        path = tiny_prior.write_settings(self.root, "wider-without.yaml", wider="nowhere")
        empty = self.root / "nothing-yet"
        empty.mkdir()
        pool = train.Pool(train.read_pool(self.data), 32, torch.device("cpu"))
        with self.assertRaisesRegex(SystemExit, "no prior .*nowhere .* change `wider`"):
            train.narrowed_weights(train.read_settings(path), pool, empty)


if __name__ == "__main__":
    unittest.main()
