package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Holds the list of docs/behaviours.md: what is on it is proved by a test that names it. */
class BehavioursTest {

  private static final int ALL = 60;

  private static final Pattern NUMBERED_LINE = Pattern.compile("(?m)^(\\d+)\\. \\S");

  private static final List<JavaMethod> NAMING = naming();

  private static List<JavaMethod> naming() {
    JavaClasses tests = new ClassFileImporter().importPackages("dev.concierge");
    return tests.stream()
        .flatMap(test -> test.getMethods().stream())
        .filter(method -> method.isAnnotatedWith(Behaviour.class))
        .toList();
  }

  private static IntStream numbers(JavaMethod method) {
    return Arrays.stream(method.getAnnotationOfType(Behaviour.class).value());
  }

  @Test
  void everyBehaviourIsProvedByATestThatNamesIt() {
    Set<Integer> named =
        NAMING.stream()
            .flatMapToInt(BehavioursTest::numbers)
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));
    Set<Integer> expected =
        IntStream.rangeClosed(1, ALL).boxed().collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).isEqualTo(expected);
  }

  @Test
  void whatNamesABehaviourIsATest() {
    assertThat(NAMING)
        .isNotEmpty()
        .allMatch(
            method ->
                method.isAnnotatedWith(Test.class)
                    || method.isAnnotatedWith(Example.class)
                    || method.isAnnotatedWith(ParameterizedTest.class)
                    || method.isAnnotatedWith(Property.class));
  }

  @Test
  void everyNumberIsExplained() throws Exception {
    String list = Files.readString(Path.of("docs/behaviours.md"));
    assertThat(NUMBERED_LINE.matcher(list).results().map(line -> Integer.valueOf(line.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ALL).boxed().toList());
  }
}
