package dev.concierge.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Objects;

/**
 * The API's contract, which the build made of these resources. Anybody may read it: it is the same
 * for every installation, and a client needs it before it has a key.
 */
@Path(OpenApiResource.PATH)
public final class OpenApiResource {

  public static final String PATH = "/openapi.json";

  /** The contract in OpenAPI 3.1. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "This contract")
  @ApiResponse(
      responseCode = "200",
      description = "OpenAPI 3.1",
      content = @Content(schema = @Schema(type = "object")))
  @SecurityRequirements
  public InputStream contract() {
    return Objects.requireNonNull(
        OpenApiResource.class.getResourceAsStream(PATH), "the build made no contract");
  }
}
