package dev.serenade.examples.service;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioFormatException;
import dev.serenade.audio.DecodeLimits;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code curl -F file=@call.wav localhost:8080/emotion}. */
@RestController
final class EmotionController {

  private static final double LONGEST_SECONDS = 60;
  private static final long LARGEST_BYTES = 50_000_000;

  /** What a client sends is not trusted: no more than this is decoded. */
  private static final AudioDecoder DECODER =
      AudioDecoder.create().withLimits(new DecodeLimits(LONGEST_SECONDS, LARGEST_BYTES));

  /** The answer, as JSON. */
  record Answer(String emotion, double confidence, Map<String, Double> scores) {}

  private final EmotionRecognizer recognizer;

  EmotionController(EmotionRecognizer recognizer) {
    this.recognizer = recognizer;
  }

  @PostMapping("/emotion")
  Answer emotion(@RequestParam("file") MultipartFile file) throws IOException {
    Recognition heard = recognizer.recognize(DECODER.decode(file.getBytes(), "the recording"));
    return new Answer(heard.emotion(), heard.confidence(), heard.scores().probabilities());
  }

  @ExceptionHandler
  ProblemDetail refuse(AudioFormatException e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
    problem.setTitle(e.reason().code());
    return problem;
  }
}
