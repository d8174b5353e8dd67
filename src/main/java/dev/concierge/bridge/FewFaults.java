package dev.concierge.bridge;

import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ModelFaulted;
import java.util.function.Consumer;

/**
 * Keeps a model's session that reports fault after fault from filling the ledger: the first of them
 * are recorded, the others only counted.
 */
final class FewFaults implements Consumer<CallFact> {

  /** More than these tell nothing new. */
  private static final int RECORDED = 20;

  private final Consumer<CallFact> facts;
  private final Figures figures;
  private int faults;

  FewFaults(Consumer<CallFact> facts, Figures figures) {
    this.facts = facts;
    this.figures = figures;
  }

  @Override
  public void accept(CallFact fact) {
    if (fact instanceof ModelFaulted && ++faults > RECORDED) {
      figures.ignored();
    } else {
      facts.accept(fact);
    }
  }
}
