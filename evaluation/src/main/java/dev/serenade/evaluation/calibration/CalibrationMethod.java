package dev.serenade.evaluation.calibration;

/** How probabilities are made honest. */
public enum CalibrationMethod {

  /** Not at all: softmax of the logits. */
  NONE {
    @Override
    public LogitScaling fit(HeldOutLogits heldOut) {
      return LogitScaling.NONE;
    }
  },

  /** One number for all classes; which class wins stays as it was. */
  TEMPERATURE {
    @Override
    public LogitScaling fit(HeldOutLogits heldOut) {
      return TemperatureScaling.fit(heldOut.logits(), heldOut.labels());
    }
  },

  /** A scale and a bias for each class beside the temperature, where speakers agree on them. */
  VECTOR {
    @Override
    public LogitScaling fit(HeldOutLogits heldOut) {
      return VectorScaling.fit(heldOut);
    }
  };

  /** Fits it to logits that the model was not trained on. */
  public abstract LogitScaling fit(HeldOutLogits heldOut);
}
