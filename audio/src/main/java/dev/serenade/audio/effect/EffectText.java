package dev.serenade.audio.effect;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** How effects are spelled. */
final class EffectText {

  /** One effect's spelling: what makes it of an amount, and the amount if none is named. */
  private record Spelling(DoubleFunction<Effect> make, OptionalDouble usual) {}

  private static final Map<String, Spelling> SPELLINGS = new LinkedHashMap<>();

  static {
    SPELLINGS.put(Speed.NAME, new Spelling(Speed::new, OptionalDouble.empty()));
    SPELLINGS.put(Rate.NAME, new Spelling(Rate::new, OptionalDouble.empty()));
    SPELLINGS.put(Pitch.NAME, new Spelling(Pitch::new, OptionalDouble.empty()));
    SPELLINGS.put(Gain.NAME, new Spelling(Gain::new, OptionalDouble.empty()));
    SPELLINGS.put(Noise.NAME, new Spelling(Noise::new, OptionalDouble.empty()));
    SPELLINGS.put(Room.NAME, new Spelling(Room::new, OptionalDouble.of(Room.USUAL_SECONDS)));
    SPELLINGS.put(Pad.NAME, new Spelling(Pad::new, OptionalDouble.empty()));
    SPELLINGS.put(Trim.NAME, new Spelling(Trim::new, OptionalDouble.of(Trim.USUAL_DECIBELS)));
    SPELLINGS.put(Tone.NAME, new Spelling(Tone::new, OptionalDouble.empty()));
    SPELLINGS.put(Prepend.NAME, new Spelling(Prepend::new, OptionalDouble.empty()));
    SPELLINGS.put(Append.NAME, new Spelling(Append::new, OptionalDouble.empty()));
    SPELLINGS.put(CropStart.NAME, new Spelling(CropStart::new, OptionalDouble.empty()));
    SPELLINGS.put(CropEnd.NAME, new Spelling(CropEnd::new, OptionalDouble.empty()));
    SPELLINGS.put(Clipping.NAME, new Spelling(Clipping::new, OptionalDouble.empty()));
    SPELLINGS.put(HighPass.NAME, new Spelling(HighPass::new, OptionalDouble.empty()));
    SPELLINGS.put(LowPass.NAME, new Spelling(LowPass::new, OptionalDouble.empty()));
    SPELLINGS.put(Tilt.NAME, new Spelling(Tilt::new, OptionalDouble.empty()));
    SPELLINGS.put(PinkNoise.NAME, new Spelling(PinkNoise::new, OptionalDouble.empty()));
    SPELLINGS.put(Babble.NAME, new Spelling(Babble::new, OptionalDouble.empty()));
    SPELLINGS.put(Music.NAME, new Spelling(Music::new, OptionalDouble.empty()));
    SPELLINGS.put(Cough.NAME, new Spelling(Cough::new, OptionalDouble.empty()));
    SPELLINGS.put(SpeechCodec.NAME, new Spelling(SpeechCodec::new, OptionalDouble.empty()));
  }

  private EffectText() {}

  static Effect parse(String text) {
    if (text.equals(Telephone.NAME)) {
      return new Telephone();
    }
    if (text.equals(PoorPhone.NAME)) {
      return new PoorPhone();
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Spelling spelling = SPELLINGS.get(name);
    if (spelling == null) {
      throw new IllegalArgumentException(
          "expected %s, %s or one of %s with its amount, such as speed:0.9; found %s"
              .formatted(
                  Telephone.NAME, PoorPhone.NAME, String.join(", ", SPELLINGS.keySet()), text));
    }
    double amount =
        colon >= 0
            ? number(text, text.substring(colon + 1))
            : spelling
                .usual()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "%s: expected an amount, as in %s:0.9".formatted(name, name)));
    return spelling.make().apply(amount);
  }

  private static double number(String text, String amount) {
    try {
      return new BigDecimal(amount).doubleValue();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: expected a number after the colon, found '%s'".formatted(text, amount), e);
    }
  }

  /** Returns an effect's one spelling. */
  static String of(String name, double amount) {
    return name + ":" + BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
  }

  /** Checks an amount. */
  static void requireIn(double low, double high, String unit, String name, double amount) {
    if (!(amount >= low && amount <= high)) {
      throw new IllegalArgumentException(
          "%s: expected %s from %s to %s, found %s"
              .formatted(
                  name,
                  unit,
                  BigDecimal.valueOf(low).stripTrailingZeros().toPlainString(),
                  BigDecimal.valueOf(high).stripTrailingZeros().toPlainString(),
                  amount));
    }
  }
}
