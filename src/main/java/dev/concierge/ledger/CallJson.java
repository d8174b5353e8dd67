package dev.concierge.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.FactSource;
import dev.concierge.call.PhoneNumber;
import java.util.Locale;
import java.util.function.Function;

/**
 * How the values of {@code call} look in JSON, in the database and in the API: {@code snake_case},
 * times in ISO 8601, a call's status by Twilio's word, a fact with its {@code kind}.
 */
public final class CallJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModules(new JavaTimeModule(), module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // A row may have been written by a newer version, or by an older one.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private CallJson() {}

  /** A mapper for these values. Shared: do not configure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for a " + value.getClass().getName(), e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException("null that is no " + type.getName());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("JSON that is no " + type.getName(), e);
    }
  }

  /**
   * These values for a mapper that has its own settings. The naming strategy and the module for
   * {@code java.time} are the mapper's affair.
   */
  public static Module module() {
    SimpleModule module = new CallModule();
    asText(module, CallId.class, CallId::value, CallId::new);
    asText(module, PhoneNumber.class, PhoneNumber::e164, PhoneNumber::new);
    asText(module, FactSource.class, FactSource::name, FactSource::new);
    module.setMixInAnnotation(CallFact.class, ByKind.class);
    module.setMixInAnnotation(Call.class, WithoutDerived.class);
    FactKinds.BY_WORD.forEach((word, type) -> module.registerSubtypes(new NamedType(type, word)));
    return module;
  }

  private static <T> void asText(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new ToText<>(type, write));
    module.addDeserializer(type, new FromText<>(type, read));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface ByKind {}

  /** Derived from the rest. */
  @JsonIgnoreProperties("settled")
  private interface WithoutDerived {}

  private static final class CallModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    CallModule() {
      super("dev.concierge.call");
    }

    @Override
    public void setupModule(SetupContext context) {
      super.setupModule(context);
      context.insertAnnotationIntrospector(new EnumWords());
    }
  }

  /** The words of our enums: a status has Twilio's, any other is its name in lower case. */
  private static final class EnumWords extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
      if (type.getRawType().getPackage() == Call.class.getPackage()) {
        for (int i = 0; i < values.length; i++) {
          names[i] = word(values[i]);
        }
      }
      return names;
    }

    private static String word(Enum<?> value) {
      return value instanceof CallStatus status
          ? status.word()
          : value.name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class ToText<T> extends ToStringSerializerBase {
    private static final long serialVersionUID = 1L;

    private final transient Class<T> type;
    private final transient Function<T, String> write;

    ToText(Class<T> type, Function<T, String> write) {
      super(type);
      this.type = type;
      this.write = write;
    }

    @Override
    public String valueToString(Object value) {
      return write.apply(type.cast(value));
    }
  }

  private static final class FromText<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> read;

    FromText(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return read.apply(text);
    }
  }
}
