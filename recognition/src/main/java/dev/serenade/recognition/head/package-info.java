/**
 * The head: what turns an encoder's hidden states into emotion scores.
 *
 * <p>{@link dev.serenade.recognition.head.HeadSpec} says what a head is made of, {@link
 * dev.serenade.recognition.head.LayerFusion} is the family of ways from several layers to one,
 * {@link dev.serenade.recognition.head.Pooling} is the family of ways from frames to one vector,
 * and {@link dev.serenade.recognition.head.Head} is a spec with its learned parameters, which
 * appends itself to an ONNX graph.
 *
 * <p>Equations are written once, over {@link dev.serenade.recognition.head.TensorOperators}; ONNX
 * nodes realise those operators here, and the training engine realises them again in the training
 * module.
 */
package dev.serenade.recognition.head;
