package dev.concierge.sandbox.carrier;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.concierge.call.PhoneNumber;
import dev.concierge.sandbox.fault.Effect;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Reads the YAML of a host. Its errors name the file and the key. */
final class HostReader {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule()
                  .addDeserializer(
                      PhoneNumber.class, new Word<>(PhoneNumber.class, HostReader::number))
                  .addDeserializer(Duration.class, new Word<>(Duration.class, HostReader::duration))
                  .addDeserializer(Effect.class, new Word<>(Effect.class, Effect::parse))
                  .addDeserializer(Pattern.class, new Word<>(Pattern.class, HostReader::pattern)))
          .build();

  private HostReader() {}

  /**
   * @param file its name, for the error
   * @throws IllegalArgumentException if it is not a host, with one line that says where and why
   */
  static HostScript read(String file, String yaml) {
    try {
      HostScript script = YAML.readValue(yaml, HostScript.class);
      if (script == null) {
        throw new IllegalArgumentException(file + ": is empty");
      }
      return script;
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(file + ": " + key(e) + reason(e), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static String key(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + (step.getIndex() + 1) : step.getFieldName())
        .collect(Collectors.joining(".", "", e.getPath().isEmpty() ? "" : ": "));
  }

  private static String reason(JsonMappingException e) {
    return e.getCause() instanceof IllegalArgumentException ours
        ? String.valueOf(ours.getMessage())
        : String.valueOf(e.getOriginalMessage());
  }

  private static PhoneNumber number(String text) {
    return PhoneNumber.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a telephone number: " + text));
  }

  private static Duration duration(String text) {
    try {
      Duration length = Duration.parse("PT" + text);
      if (!length.isNegative()) {
        return length;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a length of time such as 1.5s: " + text, e);
    }
    throw new IllegalArgumentException("a length of time below zero: " + text);
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regular expression: " + e.getDescription(), e);
    }
  }

  /** A scalar that is read by a function. */
  private static final class Word<T> extends StdDeserializer<T> {

    private static final long serialVersionUID = 1;

    private final transient Function<String, T> reader;

    Word(Class<T> type, Function<String, T> reader) {
      super(type);
      this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getValueAsString();
      if (text == null) {
        throw JsonMappingException.from(parser, "one line of text is expected");
      }
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, e.getMessage(), e);
      }
    }
  }
}
