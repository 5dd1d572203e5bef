/**
 * Named tensors on disk: the safetensors format, in one file, in shards, or in memory.
 *
 * <p>Start at {@link dev.serenade.whisper.tensor.TensorSource}; {@link
 * dev.serenade.whisper.tensor.SafetensorsFile} reads one file by memory map and {@link
 * dev.serenade.whisper.tensor.SafetensorsWriter} writes one. Nothing here runs code from a file.
 */
package dev.serenade.whisper.tensor;
