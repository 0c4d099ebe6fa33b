package io.github.posteriorj.imagej.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void longMessagesAreBrokenBetweenWords() {
    String words = "word ".repeat(30).strip();
    String lines = Failure.inLines(words);
    assertEquals(words, lines.replace('\n', ' '));
    assertEquals(79, lines.lines().mapToInt(String::length).max().orElseThrow());
  }

  @Test
  void linesThatAreThereStay() {
    assertEquals("one\ntwo", Failure.inLines("one\ntwo"));
  }
}
