package dev.concierge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Holds the table of packages in docs/architecture.md. */
@AnalyzeClasses(packages = "dev.concierge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule call = uses("call");
  @ArchTest static final ArchRule audio = uses("audio");
  @ArchTest static final ArchRule agent = uses("agent", "call");
  @ArchTest static final ArchRule bridge = uses("bridge", "call", "audio", "agent");
  @ArchTest static final ArchRule twilio = uses("twilio", "call", "audio", "bridge");
  @ArchTest static final ArchRule realtime = uses("realtime", "call", "audio", "agent", "bridge");
  @ArchTest static final ArchRule ledger = uses("ledger", "call");
  @ArchTest static final ArchRule metrics = uses("metrics", "call", "bridge", "ledger");
  @ArchTest static final ArchRule resources = uses("resources", "call", "ledger");
  @ArchTest static final ArchRule sandbox = uses("sandbox", "call", "audio");

  @ArchTest
  static final ArchRule theCallKnowsOnlyTheJdkAndPhoneNumbers =
      classes()
          .that(resideInAPackage("dev.concierge.call.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "dev.concierge.call..",
                  "java..",
                  "org.jspecify..",
                  "com.google.i18n.phonenumbers.."));

  @ArchTest
  static final ArchRule audioKnowsOnlyTheJdk =
      classes()
          .that(resideInAPackage("dev.concierge.audio.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("dev.concierge.audio..", "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.concierge.(*)..").should().beFreeOfCycles();

  /** Of our own packages, that one uses itself and those named, and nothing else. */
  private static ArchRule uses(String name, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(name), Arrays.stream(others))
            .map(each -> "dev.concierge." + each + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> elsewhere =
        resideInAPackage("dev.concierge..")
            .and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    return noClasses()
        .that(resideInAPackage("dev.concierge." + name + ".."))
        .should()
        .dependOnClassesThat(elsewhere)
        .because("docs/architecture.md says what " + name + " may use");
  }
}
