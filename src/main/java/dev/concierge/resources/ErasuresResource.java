package dev.concierge.resources;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.call.CallId;
import dev.concierge.call.PhoneNumber;
import dev.concierge.ledger.Erasure;
import dev.concierge.ledger.UnreadableCallException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Erases people's data. */
@Path("/erasures")
@Produces(MediaType.APPLICATION_JSON)
public final class ErasuresResource {

  private final Erasure erasure;

  public ErasuresResource(Erasure erasure) {
    this.erasure = erasure;
  }

  /** The calls whose personal data is now erased. */
  record Erased(List<String> calls) {}

  /**
   * Erases the personal data of one call ({@code call_id}), or of every call that was placed for a
   * guest ({@code callback_number}). Nobody can undo it; doing it again is no error.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Erase the personal data of one call, or of all calls for a guest",
      description = "Takes one of the two members. Nobody can undo it; doing it again is no error.")
  @RequestBody(content = @Content(schema = @Schema(implementation = ErasureRequest.class)))
  public Erased erase(@Parameter(hidden = true) InputStream body) throws IOException {
    Fields<JsonNode> fields = new Fields<>(JsonBody.members(body));
    CallId call = fields.optional("call_id", ErasuresResource::callId);
    PhoneNumber guest = fields.optional("callback_number", JsonValues::phoneNumber);
    if (!fields.isWrong("call_id") && (call == null) == (guest == null)) {
      fields.wrong("callback_number", "is whose data to erase; else give call_id, for one call");
    }
    fields.requireValid(Problem::invalidBody);
    return erase(call == null ? erasure.callsFor(requireNonNull(guest)) : List.of(call));
  }

  /** A call that is damaged does not keep the others from being erased. */
  private Erased erase(List<CallId> calls) {
    List<String> erased = new ArrayList<>();
    UnreadableCallException damaged = null;
    for (CallId call : calls) {
      try {
        if (erasure.erase(call)) {
          erased.add(call.value());
        }
      } catch (UnreadableCallException e) {
        damaged = e;
      }
    }
    if (damaged != null) {
      throw damaged;
    }
    return new Erased(erased);
  }

  private static CallId callId(JsonNode value) throws InvalidValueException {
    return CallId.parse(JsonValues.text(value))
        .orElseThrow(() -> new InvalidValueException("must be the id of a call"));
  }
}
