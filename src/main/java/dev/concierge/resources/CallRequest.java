package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the contract says of the body of {@code POST /calls}. It is never made: {@link
 * ReservationRequestReader} reads the body member by member, to name every wrong one.
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record CallRequest(
    String to,
    String restaurantName,
    int partySize,
    String date,
    String time,
    @Nullable String timeZone,
    @Nullable Integer timeWindowMinutes,
    @Nullable String guestName,
    @Nullable String callbackNumber,
    @Nullable String specialRequests,
    @Nullable String language,
    @Nullable Map<String, String> metadata) {}
