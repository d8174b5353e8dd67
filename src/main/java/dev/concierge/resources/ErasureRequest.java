package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What the contract says of the body of {@code POST /erasures}. It is never made: {@link
 * ErasuresResource} reads the body member by member, to name every wrong one.
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ErasureRequest(@Nullable String callId, @Nullable String callbackNumber) {}
