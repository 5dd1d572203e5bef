/**
 * Whisper models from a hub that speaks Hugging Face's HTTP interface: downloaded whole or not at
 * all, checked, and kept below one folder.
 *
 * <p>Start at {@link dev.serenade.hub.ModelPull}, which downloads one model as {@link
 * dev.serenade.hub.HubSettings} say; {@link dev.serenade.hub.EncoderStore} lists, verifies and
 * removes what is there. Only safetensors are downloaded, never a pickle.
 */
package dev.serenade.hub;
