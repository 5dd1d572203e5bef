package dev.serenade.cli.recognizer;

import dev.serenade.whisper.onnx.Device;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What to compute on. */
public final class DeviceOption {

  static final class Names implements ITypeConverter<Device> {
    @Override
    public Device convert(String value) {
      try {
        return Device.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Option(
      names = "--device",
      paramLabel = "NAME",
      converter = Names.class,
      description =
          "cpu; cuda:N, an NVIDIA GPU counted from 0, which needs the CUDA build of the libraries"
              + " (see docs/gpu.md); or auto, a GPU if there is one (default: cpu).")
  private Device device = Device.CPU;

  /** Returns what was asked for. */
  public Device device() {
    return device;
  }
}
