package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private final TestClock clock = new TestClock(TestService.NOW);

  /** However requests come, those let through never outrun the rate by more than one bucketful. */
  @Property(tries = 200)
  void neverMoreThanTheRateAndOneBucketful(
      @ForAll @IntRange(min = 1, max = 50) int perSecond,
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 700) Integer> pausesMs) {
    TokenBucket bucket = new TokenBucket(perSecond, clock);
    long passedMs = 0;
    int let = 0;
    for (int pause : pausesMs) {
      clock.advance(Duration.ofMillis(pause));
      passedMs += pause;
      let += bucket.take().isZero() ? 1 : 0;
      assertThat((double) let).isLessThanOrEqualTo(perSecond + passedMs * perSecond / 1e3 + 1e-6);
    }
  }

  @Property(tries = 200)
  void whoComesWhenToldIsLetThrough(@ForAll @IntRange(min = 1, max = 1000) int perSecond) {
    TokenBucket bucket = new TokenBucket(perSecond, clock);
    for (int i = 0; i < perSecond; i++) {
      assertThat(bucket.take()).isZero();
    }
    Duration wait = bucket.take();
    assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
    clock.advance(wait);
    assertThat(bucket.take()).isZero();
  }

  @Test
  void aClockThatWasSetBackStopsNobody() {
    TokenBucket bucket = new TokenBucket(1, clock);
    assertThat(bucket.take()).isZero();
    clock.advance(Duration.ofHours(-1));
    assertThat(bucket.take()).isPositive();
    clock.advance(Duration.ofSeconds(1));
    assertThat(bucket.take()).isZero();
  }
}
