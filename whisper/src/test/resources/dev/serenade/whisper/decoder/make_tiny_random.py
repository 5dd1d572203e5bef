"""Writes tiny-random/: a whole Whisper of random weights, its tokenizer, and what transformers makes of a sound with it;
and tiny-mute/: the generation config with which it may say nothing at all.

Run from this folder: python make_tiny_random.py      (torch, transformers, tokenizers, safetensors)
"""
import json, pathlib
import numpy as np, tokenizers, torch, transformers
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

FOLDER = pathlib.Path(__file__).parent / "tiny-random"
MUTE = FOLDER.parent / "tiny-mute"
SENTENCES = [
    "the quick brown fox jumps over the lazy dog", "what did you say to him, and why?", "I am so happy to see you here!",
    "Das will sie am Mittwoch abgeben.", "In sieben Stunden wird es soweit sein.", "Les élèves sont déjà à l'école.",
    "dogs are sitting by the door", "kids are talking by the door", "Der Lappen liegt auf dem Eisschrank.", "日本語と한국어",
]
LANGUAGES = ["en", "de", "fr", "ja"]
SIZE = 600  # tokens; the words among them are those that the sentences give

# Byte-level BPE with Whisper's special tokens behind the words, in Whisper's order.
specials = ["<|endoftext|>", "<|startoftranscript|>", *(f"<|{l}|>" for l in LANGUAGES), "<|translate|>", "<|transcribe|>",
            "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>", *(f"<|{i * 0.02:.2f}|>" for i in range(51))]
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
tokenizer.train_from_iterator(SENTENCES * 3, trainers.BpeTrainer(
    vocab_size=SIZE - len(specials), initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False))
tokenizer.add_special_tokens(specials[:-51])
tokenizer.add_tokens(specials[-51:])
size = tokenizer.get_vocab_size()
of = tokenizer.token_to_id
FOLDER.mkdir(exist_ok=True)
tokenizer.save(str(FOLDER / "tokenizer.json"), pretty=False)

torch.manual_seed(3)
config = WhisperConfig(
    vocab_size=size, d_model=64, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4, decoder_attention_heads=4,
    encoder_ffn_dim=128, decoder_ffn_dim=128, num_mel_bins=80, max_source_positions=1500, max_target_positions=448,
    pad_token_id=of("<|endoftext|>"), bos_token_id=of("<|endoftext|>"), eos_token_id=of("<|endoftext|>"),
    decoder_start_token_id=of("<|startoftranscript|>"))
model = WhisperForConditionalGeneration(config).eval()
for name, weight in model.named_parameters():
    with torch.no_grad():
        if name.endswith("encoder.embed_positions.weight"):
            pass
        elif weight.dim() > 1:
            # Positions weigh more than tokens, or the decoder would say one token for ever.
            std = 1.0 if "embed_positions" in name else 0.2 if "embed_tokens" in name else 2.0 / weight[0].numel() ** 0.5
            weight.normal_(std=std)
        else:
            weight.add_(0.1 * torch.randn_like(weight))
        weight.copy_(weight.half().float())  # so that float16 holds it exactly

def write_weights():
    tensors = {name: weight.half().contiguous() for name, weight in model.state_dict().items() if name != "proj_out.weight"}
    save_file(tensors, FOLDER / "model.safetensors", metadata={"format": "pt"})

keep = ("model_type", "vocab_size", "d_model", "encoder_layers", "decoder_layers", "encoder_attention_heads", "decoder_attention_heads",
        "encoder_ffn_dim", "decoder_ffn_dim", "num_mel_bins", "max_source_positions", "max_target_positions", "activation_function",
        "scale_embedding")
(FOLDER / "config.json").write_text(json.dumps({k: v for k, v in config.to_dict().items() if k in keep}, indent=1) + "\n")

seconds = 1.5
t = np.arange(int(16000 * seconds)) / 16000
sound = 0.4 * np.sin(2 * np.pi * (200 * t + 400 * t**2)) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * t))
sound = sound.astype(np.float16).astype(np.float32)
mel = WhisperFeatureExtractor(feature_size=80)(sound, sampling_rate=16000, return_tensors="pt").input_features

suppress = [of("a"), of("<|translate|>"), of("<|startoflm|>"), of("<|startofprev|>"), of("<|nospeech|>"), of("<|notimestamps|>"),
            of("<|startoftranscript|>"), *(of(f"<|{l}|>") for l in LANGUAGES), of("<|transcribe|>"), *(of(s) for s in specials[-51:])]
generation = {
    "begin_suppress_tokens": [of("Ġ"), of("<|endoftext|>")], "suppress_tokens": suppress,
    "decoder_start_token_id": of("<|startoftranscript|>"), "eos_token_id": of("<|endoftext|>"), "pad_token_id": of("<|endoftext|>"),
    "no_timestamps_token_id": of("<|notimestamps|>"), "is_multilingual": True, "max_length": 448,
    "lang_to_id": {f"<|{l}|>": of(f"<|{l}|>") for l in LANGUAGES},
    "task_to_id": {"transcribe": of("<|transcribe|>"), "translate": of("<|translate|>")},
}

@torch.inference_mode()
def greedy(states, prompt, steps):
    """The whole sequence anew at each step: no cache that could be wrong. Logits are those before suppression."""
    tokens, logits, hidden, margin = list(prompt), [], [], np.inf
    while len(tokens) < len(prompt) + steps:
        out = model.model.decoder(input_ids=torch.tensor([tokens]), encoder_hidden_states=states, use_cache=False)
        last = out.last_hidden_state[0, -1]
        scores = model.proj_out(last)
        logits.append(scores.clone()); hidden.append(last)
        scores[suppress] = -np.inf
        if len(tokens) == len(prompt):
            scores[generation["begin_suppress_tokens"]] = -np.inf
        top = scores.topk(2)
        margin = min(margin, float(top.values[0] - top.values[1]))
        tokens.append(int(top.indices[0]))
        if tokens[-1] == generation["eos_token_id"]:
            break
    return tokens, torch.stack(logits), torch.stack(hidden), margin

with torch.inference_mode():
    states = model.model.encoder(mel).last_hidden_state
    first = model(input_features=mel, decoder_input_ids=torch.tensor([[of("<|startoftranscript|>")]])).logits[0, -1]
language = max(LANGUAGES, key=lambda l: first[of(f"<|{l}|>")])
prompt = [of(s) for s in ("<|startoftranscript|>", f"<|{language}|>", "<|transcribe|>", "<|notimestamps|>")]
# A text that ends: the end is as likely as its eleventh token, and a little more.
said = greedy(states, prompt, 24)[0][len(prompt):]
with torch.no_grad():
    embeddings = model.model.decoder.embed_tokens.weight
    embeddings[generation["eos_token_id"]] = (1.25 * embeddings[said[10]]).half().float()
write_weights()
multilingual = greedy(states, prompt, 24)
english = greedy(states, [of("<|startoftranscript|>"), of("<|notimestamps|>")], 24)
print("language", language, "margins", multilingual[3], english[3])
print(said, multilingual[0], english[0], sep="\n")

# The same through transformers' own generate.
gc = transformers.GenerationConfig(**generation)
with torch.inference_mode():
    generated = model.generate(mel, generation_config=gc, language=language, task="transcribe", return_timestamps=False, max_new_tokens=24)
generated = generated[0].tolist()
wanted = multilingual[0]
stripped = [token for token in wanted[len(prompt):] if token != generation["eos_token_id"]]
assert [token for token in generated if token not in prompt and token != generation["eos_token_id"]] == stripped, (generated, wanted)

(FOLDER / "generation_config.json").write_text(json.dumps(generation) + "\n")
# A decoder that may say nothing at all.
MUTE.mkdir(exist_ok=True)
(MUTE / "generation_config.json").write_text(json.dumps({**generation, "suppress_tokens": list(range(size))}) + "\n")
save_file({"waveform": torch.from_numpy(sound).half(), "encoder_states_first": states[0, :5].contiguous(),
           "first_logits": first, "logits": multilingual[1], "hidden_states": multilingual[2], "english_logits": english[1]},
          FOLDER / "expected.safetensors")
(FOLDER / "expected.json").write_text(json.dumps({
    "written_by": f"make_tiny_random.py, torch {torch.__version__}, transformers {transformers.__version__}, tokenizers {tokenizers.__version__}",
    "language": language, "tokens": multilingual[0], "english_tokens": english[0],
    "text": tokenizer.decode(multilingual[0], skip_special_tokens=True),
    "texts": {s: tokenizer.encode(s, add_special_tokens=False).ids for s in SENTENCES},
}, ensure_ascii=False) + "\n")
