package dev.concierge.resources;

import dev.concierge.call.CallStatus;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.call.Prices;
import dev.concierge.ledger.CallReports;
import dev.concierge.ledger.CallReports.Summary;
import dev.concierge.ledger.Grouping;
import dev.concierge.ledger.TooManyGroupsException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports on many calls. */
@Path("/reports")
@Produces(MediaType.APPLICATION_JSON)
public final class ReportsResource {

  /** Each walks its calls, of which there may be millions, on a connection of its own. */
  private static final int MOST_AT_ONCE = 3;

  private final Bulkhead atOnce =
      new Bulkhead(MOST_AT_ONCE, "Too many reports are being made at the moment.");

  private final CallReports reports;
  private final @Nullable Prices prices;

  /**
   * @param prices {@code null} where costs are not told
   */
  public ReportsResource(CallReports reports, @Nullable Prices prices) {
    this.reports = reports;
    this.prices = prices;
  }

  /** Calls counted, in total and by what they have in common. */
  @GET
  @Path("/summary")
  @ReadsQuery
  @Operation(
      summary = "Count calls, in total and by what they have in common",
      description =
          "`metadata.NAME` chooses by a label of the client's, as in `metadata.order=17`. Tokens are"
              + " told when a conversation ends: those of one that was cut off (`bridge_lost`) are"
              + " missing, in the costs too.")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "from",
      description = "From then on: a time, or a day in the time zone.",
      schema = @Schema(implementation = String.class))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "to",
      description = "Before then: a time, or a day in the time zone.",
      schema = @Schema(implementation = String.class))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "tz",
      description = "The time zone of days, hours and weeks, such as Europe/Paris.",
      schema = @Schema(type = "string", defaultValue = "Z"))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "group_by",
      schema = @Schema(implementation = Grouping.class))
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
      name = "to_number",
      description = "The number that was called, in E.164.",
      schema = @Schema(implementation = String.class))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "restaurant",
      schema = @Schema(implementation = String.class))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "q",
      description = "Words that were said, all of them.",
      schema = @Schema(implementation = String.class))
  public SummaryView summary(@Context UriInfo uri) {
    ReportQuery query = ReportQuery.read(uri.getQueryParameters());
    atOnce.enter();
    try {
      Summary summary = reports.summary(query.filter(), query.grouping(), query.zone());
      return SummaryView.of(query, summary, prices);
    } catch (TooManyGroupsException e) {
      throw ProblemException.of(
          Problem.invalidQuery(
              List.of(
                  new FieldError(
                      "group_by",
                      "makes " + e.getMessage() + ": narrow the filter or group more widely"))));
    } finally {
      atOnce.leave();
    }
  }
}
