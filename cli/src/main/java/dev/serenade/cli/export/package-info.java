/**
 * {@code serenade export}: a model as one ONNX file. {@link dev.serenade.cli.export.ExportCommand}
 * reads the command line; {@link dev.serenade.recognition.OnnxExport} does the work.
 */
package dev.serenade.cli.export;
