package dev.concierge.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCommandTest {

  @Test
  void readsTheThreeMessagesThatMayBeSent() throws Exception {
    assertThat(parse("{'event':'media','streamSid':'MZ1','media':{'payload':'AQID'}}"))
        .isInstanceOfSatisfying(
            StreamCommand.Media.class, media -> assertThat(media.audio()).containsExactly(1, 2, 3));
    assertThat(parse("{'event':'mark','streamSid':'MZ1','mark':{'name':'m'}}"))
        .isEqualTo(new StreamCommand.Mark("m"));
    assertThat(parse("{'event':'clear','streamSid':'MZ1'}")).isEqualTo(new StreamCommand.Clear());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "junk",
        "[]",
        "{'event':'stop','streamSid':'MZ1'}",
        "{'event':'clear'}",
        "{'event':'clear','streamSid':'MZ2'}",
        "{'event':'media','streamSid':'MZ1'}",
        "{'event':'media','streamSid':'MZ1','media':{'payload':'***'}}",
        "{'event':'media','streamSid':'MZ1','media':{'payload':7}}",
        "{'event':'mark','streamSid':'MZ1','mark':{}}"
      })
  void anythingElseIsMalformed(String message) {
    assertThatThrownBy(() -> parse(message)).isInstanceOf(StreamCommand.MalformedException.class);
  }

  private static StreamCommand parse(String json) throws Exception {
    return StreamCommand.parse(json.replace('\'', '"'), "MZ1");
  }
}
