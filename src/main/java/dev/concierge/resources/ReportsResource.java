package dev.concierge.resources;

import dev.concierge.call.Prices;
import dev.concierge.ledger.CallReports;
import dev.concierge.ledger.CallReports.Summary;
import dev.concierge.ledger.TooManyGroupsException;
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
  public SummaryView summary(@Context UriInfo uri) {
    ReportQuery query = ReportQuery.read(uri.getQueryParameters());
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
    }
  }
}
