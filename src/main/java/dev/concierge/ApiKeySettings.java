package dev.concierge;

import dev.concierge.resources.ApiKey;
import dev.concierge.resources.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the keys to the API out of the configuration. */
final class ApiKeySettings {

  private ApiKeySettings() {}

  /**
   * All the keys that are configured.
   *
   * @param hashed entries {@code name:role:sha256}, separated by commas or white space
   * @param plain one more key, as its holder sends it, for everything
   * @throws StartRefusedException naming the first entry that will not do
   */
  static List<ApiKey> read(String hashed, Secret plain) {
    List<ApiKey> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String entry : hashed.split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        keys.add(read(entry, keys.size() + 1));
      }
    }
    for (ApiKey key : keys) {
      if (!names.add(key.name())) {
        throw new StartRefusedException("API_KEYS", "names \"" + key.name() + "\" twice.");
      }
    }
    if (!plain.isMissing()) {
      keys.add(ApiKey.of("API_KEY", Role.CALL, plain.value()));
    }
    return keys;
  }

  /** The entry is not shown: somebody may have put the key itself there. */
  private static ApiKey read(String entry, int place) {
    try {
      return ApiKey.parse(entry);
    } catch (IllegalArgumentException e) {
      throw new StartRefusedException(
          "API_KEYS",
          "has an entry, number "
              + place
              + ", that is not name:role:sha256, with the role read or call, as make-key prints it.");
    }
  }
}
