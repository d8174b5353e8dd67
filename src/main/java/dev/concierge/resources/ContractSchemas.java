package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.concierge.call.CallStatus;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the contract what the API's records say by themselves: a component is there and not {@code
 * null} unless it is {@link Nullable}; enums are told by their words. For the build, which makes
 * the contract; the service never loads it.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // The library's own types are raw.
public final class ContractSchemas implements ModelConverter {

  private static final String NULL = "null";
  private static final String VIEW = "View";

  private final JsonMapper json = new JsonMapper();

  @Override
  public @Nullable Schema resolve(
      AnnotatedType annotated, ModelConverterContext context, Iterator<ModelConverter> chain) {
    JavaType type = json.constructType(annotated.getType());
    Class<?> raw = type.getRawClass();
    if (raw.isEnum()) {
      return new JsonSchema().typesItem("string")._enum(words(raw));
    }
    if (!raw.isRecord()) {
      return chain.hasNext() ? chain.next().resolve(annotated, context, chain) : null;
    }
    annotated.name(raw.getSimpleName().replace(VIEW, ""));
    Schema schema = chain.next().resolve(annotated, context, chain);
    Schema model = context.getDefinedModels().get(annotated.getName());
    for (BeanPropertyDefinition property :
        json.getSerializationConfig().introspect(type).findProperties()) {
      describe(model == null ? schema : model, property.getName(), component(raw, property));
    }
    return schema;
  }

  private static List<Object> words(Class<?> raw) {
    return Arrays.stream(raw.getEnumConstants())
        .<Object>map(
            value ->
                value instanceof CallStatus status ? Words.of(status) : Words.of((Enum<?>) value))
        .toList();
  }

  private static RecordComponent component(Class<?> raw, BeanPropertyDefinition property) {
    return Arrays.stream(raw.getRecordComponents())
        .filter(component -> component.getName().equals(property.getInternalName()))
        .findFirst()
        .orElseThrow();
  }

  private static void describe(Schema model, String name, RecordComponent component) {
    JsonInclude include = component.getDeclaringRecord().getAnnotation(JsonInclude.class);
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    boolean mayBeAbsent = nullable && include != null;
    if (!mayBeAbsent) {
      model.addRequiredItem(name);
    }
    if (nullable && !mayBeAbsent) {
      model.getProperties().computeIfPresent(name, (key, value) -> orNull((Schema) value));
    }
  }

  private static Schema orNull(Schema schema) {
    if (schema.get$ref() != null) {
      return new JsonSchema().anyOf(List.of(schema, new JsonSchema().types(Set.of(NULL))));
    }
    if (schema.getTypes() != null) {
      schema.addType(NULL);
    }
    if (schema.getEnum() != null && !schema.getEnum().contains(null)) {
      schema.addEnumItemObject(null);
    }
    return schema;
  }
}
