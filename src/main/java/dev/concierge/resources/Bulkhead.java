package dev.concierge.resources;

import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.Semaphore;

/** Bounds how many requests do at once what costs much; further ones are told to come again. */
final class Bulkhead {

  private final Semaphore places;
  private final String full;

  /**
   * @param full what those are told for whom there is no place
   */
  Bulkhead(int places, String full) {
    this.places = new Semaphore(places);
    this.full = full;
  }

  /**
   * Takes a place, which {@link #leave} gives back. From any thread; never waits.
   *
   * @throws ProblemException if there is none
   */
  void enter() {
    if (!places.tryAcquire()) {
      throw ProblemException.passing(Problem.of(Status.SERVICE_UNAVAILABLE, full));
    }
  }

  void leave() {
    places.release();
  }
}
