package dev.concierge.resources;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.ledger.CallHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executor;

/**
 * All calls of a filter in one answer, however many. A class of its own with the whole path, or
 * JAX-RS would look for a call of that name.
 */
@Path("/calls/export")
public final class ExportResource {

  /** Each reads its calls, of which there may be millions, for as long as the client takes. */
  static final int MOST_AT_ONCE = 3;

  private final Bulkhead atOnce =
      new Bulkhead(MOST_AT_ONCE, "Too many exports are being read at the moment.");

  private final CallHistory history;
  private final ObjectMapper json;
  private final Executor readers;

  /**
   * @param readers reads pages ahead, one for each export
   */
  public ExportResource(CallHistory history, ObjectMapper json, Executor readers) {
    this.history = history;
    this.json = json;
    this.readers = readers;
  }

  /** The calls, each on a line of its own. An answer that breaks off has no proper end. */
  @GET
  @ReadsQuery
  @Produces({"text/csv;charset=utf-8", "application/x-ndjson"})
  @Operation(
      summary = "Export all calls of a filter, each on a line of its own",
      description =
          "`metadata.NAME` chooses by a label of the client's, as in `metadata.order=17`.")
  @CallFilters
  @Parameter(
      in = ParameterIn.QUERY,
      name = "sort",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"-created_at", "created_at"},
              defaultValue = "-created_at"))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "format",
      schema = @Schema(implementation = ExportQuery.Format.class, defaultValue = "csv"))
  @ApiResponse(
      responseCode = "200",
      description = "The calls",
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
      })
  public Response export(@Context UriInfo uri) {
    ExportQuery query = ExportQuery.read(uri.getQueryParameters());
    StreamingOutput stream = out -> write(query, out);
    return Response.ok(stream, query.format().mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"calls." + Words.of(query.format()) + "\"")
        .build();
  }

  private void write(ExportQuery query, OutputStream out) throws IOException {
    atOnce.enter();
    try {
      new ExportStream(query, history, json, readers).write(out);
    } finally {
      atOnce.leave();
    }
  }
}
