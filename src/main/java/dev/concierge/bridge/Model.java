package dev.concierge.bridge;

import dev.concierge.agent.AgentProfile;
import java.util.function.Consumer;

/** The port to a service of voice models. */
public interface Model {

  /**
   * Opens a session that behaves as the profile says. Returns at once; what becomes of it is told
   * by events, the first of which is {@link ModelEvent.Ready} or {@link ModelEvent.Lost}.
   *
   * @param events takes the session's events, one at a time and in order; must not block
   */
  ModelLeg connect(AgentProfile profile, Consumer<ModelEvent> events);
}
