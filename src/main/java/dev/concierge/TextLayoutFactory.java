package dev.concierge;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.concierge.call.CallId;
import io.dropwizard.logging.common.DropwizardLayout;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import java.util.TimeZone;

/**
 * The log's {@code text} layout: Dropwizard's own, with the call a line is about. Its {@code json}
 * comes with Dropwizard.
 */
@JsonTypeName("text")
public final class TextLayoutFactory implements DiscoverableLayoutFactory<ILoggingEvent> {

  @Override
  public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone timeZone) {
    DropwizardLayout layout = new DropwizardLayout(context, timeZone);
    String call = "%replace(call %X{" + CallId.LOG_KEY + "}: ){'^call : $', ''}";
    layout.setPattern("%-5p [%d{ISO8601," + timeZone.getID() + "}] %c: " + call + "%m%n%dwREx");
    return layout;
  }
}
