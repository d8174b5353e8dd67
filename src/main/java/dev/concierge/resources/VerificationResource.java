package dev.concierge.resources;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.concierge.ledger.Verification;
import dev.concierge.ledger.Verification.Flaw;
import dev.concierge.ledger.Verification.Report;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Says whether the history of a call is whole. */
@Path("/calls/{id}/verification")
@Produces(MediaType.APPLICATION_JSON)
public final class VerificationResource {

  private final Verification verification;

  public VerificationResource(Verification verification) {
    this.verification = verification;
  }

  /**
   * Whether the history of a call is whole.
   *
   * @param facts how many facts were looked at
   * @param flaw the first thing that is not what was written
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record CallVerification(String callId, boolean whole, long facts, @Nullable FlawView flaw) {}

  /** A flaw: of which fact, by its source and the source's number for it, and in what way. */
  record FlawView(
      @Nullable String source,
      @Nullable Long sequence,
      @Schema(implementation = Verification.Kind.class) String kind) {
    static FlawView of(Flaw flaw) {
      return new FlawView(flaw.source(), flaw.sequence(), Words.of(flaw.kind()));
    }
  }

  /** Whether the call's history is what was once written. */
  @GET
  @Operation(summary = "Say whether the history of a call is what was once written")
  public CallVerification verify(@PathParam("id") String id) {
    Report report = verification.of(KnownCall.id(id)).orElseThrow(KnownCall::unknown);
    return new CallVerification(
        id,
        report.isWhole(),
        report.facts(),
        report.flaw() == null ? null : FlawView.of(report.flaw()));
  }
}
