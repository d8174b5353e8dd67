package dev.concierge.sandbox.carrier;

import dev.concierge.call.PhoneNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who picks up, by number: the hosts that come with the sandbox, and the user's own. Immutable. */
final class Hosts {

  /** Answers every number that is not listed. The directory of a jar cannot be read: list all. */
  private static final List<String> SHIPPED =
      List.of(
          "confirms",
          "offers-another-time",
          "full",
          "closed",
          "interrupts",
          "on-hold",
          "hangs-up",
          "voicemail",
          "busy",
          "no-answer",
          "failed");

  private final Map<PhoneNumber, HostScript> byNumber;
  private final HostScript unlisted;

  private Hosts(List<HostScript> shipped, List<HostScript> own) {
    Map<PhoneNumber, HostScript> hosts = new HashMap<>();
    shipped.forEach(host -> hosts.put(host.number(), host));
    own.forEach(host -> hosts.put(host.number(), host));
    byNumber = Map.copyOf(hosts);
    unlisted = shipped.get(0);
  }

  /**
   * Reads all hosts.
   *
   * @param directory of the user's own {@code *.yml}, which take the place of ours with the same
   *     number; {@code null} for none
   * @throws IllegalArgumentException if a file is not a host
   * @throws UncheckedIOException if the directory cannot be read
   */
  static Hosts load(@Nullable Path directory) {
    return new Hosts(
        SHIPPED.stream().map(Hosts::shipped).toList(),
        directory == null ? List.of() : own(directory));
  }

  /** Who answers that number; for one that is not listed, the host that confirms. */
  HostScript at(PhoneNumber number) {
    return byNumber.getOrDefault(number, unlisted);
  }

  private static HostScript shipped(String name) {
    String file = "hosts/" + name + ".yml";
    try (InputStream in = Hosts.class.getClassLoader().getResourceAsStream(file)) {
      byte[] yaml = Objects.requireNonNull(in, file).readAllBytes();
      return HostReader.read(file, new String(yaml, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<HostScript> own(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".yml"))
          .sorted()
          .map(Hosts::ownFile)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the hosts in " + directory, e);
    }
  }

  private static HostScript ownFile(Path file) {
    try {
      return HostReader.read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
