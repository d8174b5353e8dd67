package dev.concierge.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The messages that no shipped host brings about; the others are tested over a socket. */
class StreamMessagesTest {

  @Test
  void aPressedKeyIsToldInItsPlaceInTheSequence() throws Exception {
    StreamMessages messages = new StreamMessages("AC1", "CA1", "MZ1");
    messages.start(Map.of());
    messages.media(new byte[160]);

    assertThat(new ObjectMapper().readTree(messages.dtmf("5")))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"event":"dtmf","sequenceNumber":"3","streamSid":"MZ1",
                     "dtmf":{"track":"inbound_track","digit":"5"}}
                    """));
  }
}
