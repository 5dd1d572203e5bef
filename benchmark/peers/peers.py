#!/usr/bin/env python3
"""Times Serenade beside transformers (PyTorch) and faster-whisper (CTranslate2) on the same machine, in one go.

All start from the same WAV files of 3 and 30 s and end with the encoder's output; Serenade goes on to scores. The others
hear every clip in a window of 30 s, each with its own front end. Rounds are interleaved, so that all meet the same
machine, and the best round counts.

    pip install torch transformers faster-whisper soundfile     # those that are missing are left out, and named
    python peers.py --encoders ../../../shared/models/whisper-tiny.en ../../../shared/models/whisper-base
    python peers.py --encoders DIR --json peers.json --rounds 5 --threads 2

An encoder is a Hugging Face folder with config.json and model.safetensors; nothing is downloaded.
"""

import argparse
import contextlib
import io
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import wave

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RATE = 16_000
FRAMES = 3_000
# The same speech as `serenade bench` takes.
SAMPLES = ["angry-09b10Wa.flac", "happy-09a01Fa.flac", "neutral-12a01Nb.flac"]
SECONDS = [3.0, 30.0]


def main():
    arguments = parse()
    results, missing = [], []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        clips = {seconds: write_clip(seconds, scratch) for seconds in SECONDS}
        for folder in arguments.encoders:
            systems = load(folder, scratch, arguments.threads, missing)
            check(systems, clips[SECONDS[0]])
            results += measure(folder.name, systems, clips, arguments)
    ratios = compare(results)
    print(table(results, ratios))
    for reason in missing:
        print("left out: " + reason)
    if arguments.json:
        report = {
            "threads": arguments.threads,
            "rounds": arguments.rounds,
            "versions": versions(),
            "missing": missing,
            "results": results,
            "ratios": ratios,
        }
        arguments.json.write_text(json.dumps(report, indent=2) + "\n")


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--encoders", nargs="+", type=pathlib.Path, required=True, metavar="DIR")
    parser.add_argument("--serenade", type=pathlib.Path, default=ROOT / "serenade", metavar="FILE")
    parser.add_argument("--windows", nargs="+", default=["memory", "adaptive"], metavar="MODE")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE")
    arguments = parser.parse_args()
    arguments.encoders = [folder.resolve() for folder in arguments.encoders]
    for folder in arguments.encoders:
        if not (folder / "model.safetensors").is_file():
            parser.error(f"{folder}: expected a folder with config.json and model.safetensors")
    return arguments


def write_clip(seconds, folder):
    """Joins the samples until they last that long, and writes a WAV file of 16 bits."""
    import numpy as np

    recordings = [read_flac(ROOT / "samples" / name) for name in SAMPLES]
    length = round(seconds * RATE)
    speech = np.concatenate(recordings * (1 + length // sum(map(len, recordings))))[:length]
    path = folder / f"{seconds}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((speech * 32768).clip(-32768, 32767).astype("<i2").tobytes())
    return path


def read_flac(path):
    try:
        import soundfile

        return soundfile.read(path, dtype="float32")[0]
    except ImportError:
        from faster_whisper.audio import decode_audio

        return decode_audio(str(path), sampling_rate=RATE)


def read_wav(path):
    import numpy as np

    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype("float32") / 32768


class Transformers:
    """WhisperModel's encoder in float32, behind WhisperFeatureExtractor."""

    name, precision = "transformers", "fp32"

    def __init__(self, folder, threads):
        import torch
        from transformers import WhisperFeatureExtractor

        torch.set_num_threads(threads)
        self.torch = torch
        self.features = WhisperFeatureExtractor.from_pretrained(folder)
        self.encoder = whisper(folder).model.encoder.float().eval()

    def prepare(self, path):
        clip = self.features(read_wav(path), sampling_rate=RATE, return_tensors="pt")
        return clip.input_features

    def encode(self, features):
        with self.torch.inference_mode():
            return self.encoder(features).last_hidden_state


class FasterWhisper:
    """CTranslate2's encoder behind faster-whisper's decoder and front end, as its transcribe() runs them."""

    name = "faster-whisper"

    def __init__(self, folder, converted, threads, precision):
        import ctranslate2
        from faster_whisper.audio import decode_audio, pad_or_trim
        from faster_whisper.feature_extractor import FeatureExtractor
        from faster_whisper.transcribe import get_ctranslate2_storage

        self.precision = "fp32" if precision == "float32" else precision
        self.decode, self.pad, self.store = decode_audio, pad_or_trim, get_ctranslate2_storage
        bands = json.loads((folder / "config.json").read_text())["num_mel_bins"]
        self.features = FeatureExtractor(feature_size=bands)
        self.model = ctranslate2.models.Whisper(
            str(converted), device="cpu", compute_type=precision, intra_threads=threads, inter_threads=1
        )

    def prepare(self, path):
        log_mel = self.features(self.decode(str(path), sampling_rate=RATE))
        return self.pad(log_mel, FRAMES)[None]

    def encode(self, features):
        return self.model.encode(self.store(features))


def whisper(folder):
    """Loads the encoder of a folder that may lack the decoder, whose weights are then left as they come."""
    import transformers

    transformers.logging.set_verbosity_error()
    with contextlib.redirect_stderr(io.StringIO()):
        return transformers.WhisperForConditionalGeneration.from_pretrained(folder).float()


def convert(folder, target):
    """Does what ct2-transformers-converter does, for folders without a tokenizer: encoding needs none."""
    from ctranslate2.converters.transformers import WhisperLoader

    class Vocabulary:
        additional_special_tokens = []
        bos_token = eos_token = unk_token = pad_token = "0"

        def __init__(self, size):
            self.size = size

        def get_vocab(self):
            return {str(number): number for number in range(self.size)}

    import torch

    with torch.no_grad():
        model = whisper(folder)
        spec = WhisperLoader()(model, Vocabulary(model.config.vocab_size))
    spec.validate()
    spec.optimize(quantization="float32")
    target.mkdir()
    spec.save(str(target))
    return target


def load(folder, scratch, threads, missing):
    systems = []
    try:
        systems.append(Transformers(folder, threads))
    except ImportError as error:
        note(missing, f"transformers: {error}")
    try:
        import faster_whisper  # noqa: F401

        converted = convert(folder, scratch / folder.name)
        for precision in ["float32", "int8"]:
            systems.append(FasterWhisper(folder, converted, threads, precision))
    except ImportError as error:
        note(missing, f"faster-whisper: {error}")
    return systems


def check(systems, path):
    """Ends the run where the encoders do not compute the same: then their times would not mean the same.

    They are given the same spectrogram. Their own differ in the padding: faster-whisper's is zeros after the logarithm.
    """
    import numpy as np

    exact = [system for system in systems if system.precision == "fp32"]
    if len(exact) < 2:
        return
    features = exact[0].prepare(path)
    expected = np.asarray(exact[0].encode(features))
    for system in exact[1:]:
        found = np.asarray(system.encode(np.asarray(features)))
        difference = np.linalg.norm(found - expected) / np.linalg.norm(expected)
        if not difference < 1e-3:
            sys.exit(f"{system.name} and {exact[0].name} differ by {difference:.1%} on {path.name}")


def note(missing, reason):
    if reason not in missing:
        missing.append(reason)


def measure(model, systems, clips, arguments):
    """Returns the best and the median of the rounds, for each system, clip and stage."""
    times = {}
    for number in range(arguments.rounds + 1):
        warm_up = number == 0
        print(f"{model}: round {number} of {arguments.rounds}", file=sys.stderr)
        for system in systems:
            for seconds, path in clips.items():
                total, encoder = once(system, path)
                if not warm_up:
                    key = (system.name, system.precision, "padded", seconds)
                    times.setdefault((*key, "total"), []).append(total)
                    times.setdefault((*key, "encoder"), []).append(encoder)
        if warm_up:
            continue
        for window in arguments.windows:
            for case in serenade(model, window, arguments):
                key = ("serenade", case["precision"], window, case["seconds"], case["stage"])
                times.setdefault(key, []).append(case["milliseconds"])
    return [
        {
            "model": model,
            "system": system,
            "precision": precision,
            "window": window,
            "seconds": seconds,
            "stage": stage,
            "milliseconds": min(values),
            "medianMilliseconds": statistics.median(values),
        }
        for (system, precision, window, seconds, stage), values in times.items()
    ]


def once(system, path):
    """Returns milliseconds from file to the encoder's output, and of the encoder alone; the better of two runs."""
    best = (float("inf"), float("inf"))
    for _ in range(2):
        started = time.perf_counter()
        features = system.prepare(path)
        prepared = time.perf_counter()
        system.encode(features)
        ended = time.perf_counter()
        best = (min(best[0], 1e3 * (ended - started)), min(best[1], 1e3 * (ended - prepared)))
    return best


def serenade(model, window, arguments):
    folder = next(folder for folder in arguments.encoders if folder.name == model)
    command = [arguments.serenade, "bench", "--encoder", folder, "--window", window, "--format", "json"]
    # The others stay warm and run twice a round; a virtual machine that has just started needs one run more.
    command += ["--quick", "--rounds", "3", "--threads", arguments.threads]
    command += ["--seconds", ",".join(map(str, SECONDS))]
    run = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"serenade bench failed: {run.stderr.strip()}")
    cases = json.loads(run.stdout)["cases"]
    return [case for case in cases if case["stage"] in ("total", "encoder")]


def compare(results):
    """Returns how many times as long the others take as Serenade, from file to the end, on each clip."""
    ratios = []
    for ours in results:
        if ours["system"] != "serenade" or ours["stage"] != "total":
            continue
        for theirs in results:
            same = all(theirs[key] == ours[key] for key in ("model", "seconds", "stage"))
            if same and theirs["system"] != "serenade":
                ratios.append(
                    {
                        "model": ours["model"],
                        "seconds": ours["seconds"],
                        "window": ours["window"],
                        "precision": ours["precision"],
                        "peer": theirs["system"],
                        "peerPrecision": theirs["precision"],
                        "ratio": theirs["milliseconds"] / ours["milliseconds"],
                    }
                )
    return ratios


def table(results, ratios):
    lines = ["| model | system | precision | window | clip, s | encoder, ms | file to end, ms |", "|---|---|---|---|---|---|---|"]
    by_key = {}
    for one in results:
        key = tuple(one[name] for name in ("model", "system", "precision", "window", "seconds"))
        by_key.setdefault(key, {})[one["stage"]] = one["milliseconds"]
    for (model, system, precision, window, seconds), stages in sorted(
        by_key.items(), key=lambda item: (item[0][0], item[0][4], item[0][1], item[0][2:4])
    ):
        lines.append(
            f"| {model} | {system} | {precision} | {window} | {seconds:g} "
            f"| {stages['encoder']:.1f} | {stages['total']:.1f} |"
        )
    lines += ["", "| model | clip, s | our window, precision | against | x faster |", "|---|---|---|---|---|"]
    for one in sorted(ratios, key=lambda r: (r["model"], r["seconds"], r["window"], r["peer"])):
        lines.append(
            f"| {one['model']} | {one['seconds']:g} | {one['window']}, {one['precision']} "
            f"| {one['peer']}, {one['peerPrecision']} | {one['ratio']:.2f} |"
        )
    return "\n".join(lines)


def versions():
    found = {"python": sys.version.split()[0]}
    for name in ("torch", "transformers", "ctranslate2", "faster_whisper"):
        with contextlib.suppress(ImportError):
            found[name] = __import__(name).__version__
    return found


if __name__ == "__main__":
    main()
