package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that shuts down takes no new calls. */
class DrainFilterTest {

  private final AtomicBoolean closing = new AtomicBoolean();
  private final TestService service =
      new TestService(environment -> environment.jersey().register(new DrainFilter(closing::get)));

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  @Behaviour(59)
  void newCallsAreRefusedAndAllElseGoesOn() {
    var before = service.place("Chez Nous");
    closing.set(true);
    HttpResponse<String> refused = service.post("/calls", Requests.withRestaurant("Late"));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(service.get("/calls").body()).contains("Chez Nous").doesNotContain("Late");
    assertThat(service.post("/calls/" + before + "/hangup", "").statusCode()).isEqualTo(202);
  }
}
