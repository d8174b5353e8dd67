package dev.concierge.resources;

import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;

/** The parameters by which calls are chosen, for the contract; {@link CallFilter} reads them. */
@Parameter(
    in = ParameterIn.QUERY,
    name = "status",
    description = "May be given several times.",
    schema = @Schema(implementation = CallStatus[].class))
@Parameter(
    in = ParameterIn.QUERY,
    name = "outcome",
    schema = @Schema(implementation = Outcome.Result.class))
@Parameter(
    in = ParameterIn.QUERY,
    name = "ended_reason",
    schema = @Schema(implementation = EndedReason.class))
@Parameter(
    in = ParameterIn.QUERY,
    name = "to",
    description = "The number that was called, in E.164.",
    schema = @Schema(implementation = String.class))
@Parameter(
    in = ParameterIn.QUERY,
    name = "restaurant",
    schema = @Schema(implementation = String.class))
@Parameter(
    in = ParameterIn.QUERY,
    name = "created_from",
    description = "From then on.",
    schema = @Schema(implementation = Instant.class))
@Parameter(
    in = ParameterIn.QUERY,
    name = "created_to",
    description = "Before then.",
    schema = @Schema(implementation = Instant.class))
@Parameter(
    in = ParameterIn.QUERY,
    name = "q",
    description = "Words that were said, all of them, without regard to case and accents.",
    schema = @Schema(implementation = String.class))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface CallFilters {}
