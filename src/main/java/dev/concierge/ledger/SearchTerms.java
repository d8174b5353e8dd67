package dev.concierge.ledger;

import static java.util.stream.Collectors.toCollection;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What is searched for in transcripts: words without regard to case and accents, so that {@code
 * cafe} finds {@code Café}.
 */
public final class SearchTerms {

  /** Chinese and Japanese are written without spaces: there each ideograph is a word. */
  private static final Pattern WORD =
      Pattern.compile("\\p{IsIdeographic}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsIdeographic}]]+");

  /** Not the marks of Hindi, Thai or Japanese, which make another letter. */
  private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");

  /** No word is longer; what a model makes up may be. */
  private static final int LONGEST = 64;

  /** Cannot be part of a word, and the API takes it for no label either. */
  private static final char LABEL_SEPARATOR = '\u001F';

  private SearchTerms() {}

  /** Each word of a text once; none if there is neither letter nor digit in it. */
  public static Set<String> of(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    String plain = ACCENTS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    return WORD.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKC))
        .results()
        .map(MatchResult::group)
        .map(word -> word.length() > LONGEST ? word.substring(0, LONGEST) : word)
        .collect(toCollection(LinkedHashSet::new));
  }

  /** The term of a label of the client's. */
  static String ofLabel(String name, String value) {
    return name + LABEL_SEPARATOR + value;
  }
}
