package dev.serenade.cli.recognizer;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.whisper.onnx.Device;
import dev.serenade.whisper.onnx.GraphException;
import dev.serenade.whisper.onnx.SessionSettings;
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
          "cpu; cuda:N, an NVIDIA GPU counted from 0; or auto, a GPU if there is one (default: cpu)."
              + " A GPU needs the CUDA build of the libraries: docs/gpu.md.")
  private Device device = Device.CPU;

  /** Finds out, before any work, whether a device that was named is there. */
  public void require() throws CannotRunException {
    try {
      new SessionSettings(1).on(device).checkDevice();
    } catch (GraphException e) {
      throw new CannotRunException("--device: " + e.getMessage(), e);
    }
  }

  /** Returns what was asked for. */
  public Device device() {
    return device;
  }
}
