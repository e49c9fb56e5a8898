package readiness.ready.story;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import readiness.kernel.Fault;

/** What may happen to an echo server, in a few lines each. */
public enum Story {
  CLIENTS(
      "echo", "Three clients say something now and then, and hear it again.", Fault.PARTIAL_READS) {
    @Override
    void tell(Stage stage, Random random) {
      for (String name : List.of("alice", "bob", "carol")) {
        Client client = stage.client(name).pause(stage.moment(random, 300)).connect();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
          int bytes = 1 + random.nextInt(2_000);
          client.send(bytes).expect(bytes).pause(stage.moment(random, 400));
        }
        client.close();
      }
    }
  },

  SLOW_READER(
      "backpressure",
      "Alice sends a lot and reads slowly; Bob wants two short answers meanwhile.") {
    @Override
    void tell(Stage stage, Random random) {
      int bytes = stage.flood();
      stage
          .client("alice")
          .window(64 * 1024)
          .readsUpTo(32 * 1024)
          .connect()
          .send(bytes)
          .expect(bytes)
          .halfClose()
          .expectEnd();
      Client bob = stage.client("bob").pause(stage.moment(random, 600)).connect();
      for (int i = 0; i < 2; i++) {
        bob.pause(stage.moment(random, 900)).send(100).expect(100);
      }
      bob.close();
    }
  },

  ENDINGS(
      "hang-up",
      "Four connections end: Alice's by halves, Bob's by a reset, Carol's by the book, and Dave's"
          + " before he has read his answer.") {
    @Override
    void tell(Stage stage, Random random) {
      int bytes = 100 + random.nextInt(900);
      stage.client("alice").connect().send(bytes).halfClose().expect(bytes).expectEnd();
      stage.client("bob").connect().send(200).expect(200).pause(stage.moment(random, 300)).reset();
      stage.client("carol").connect().send(300).expect(300).close();
      stage.client("dave").connect().send(400).close();
    }
  },

  FIREHOSE(
      "fairness", "One client sends as fast as it can; another only wants to know who is alive.") {
    @Override
    void tell(Stage stage, Random random) {
      int bytes = stage.flood();
      stage.client("hose").connect().send(bytes).expect(bytes).close();
      Client ping = stage.client("ping").connect();
      for (int i = 0; i < 6; i++) {
        ping.pause(stage.moment(random, 200)).send(4).expect(4);
      }
      ping.close();
    }
  },

  IDLE(
      "echo",
      "Two clients connect. One says a word, is silent for a third of a second, and says"
          + " another.") {
    @Override
    void tell(Stage stage, Random random) {
      Duration silence = Duration.ofMillis(300 + random.nextInt(70));
      stage.client("alice").connect().send(5).expect(5).pause(silence).send(5).expect(5);
      stage.client("bob").connect();
    }
  },

  SILENCE(
      "timers",
      "The server closes who is silent for a tenth of a second. Alice speaks often enough, Bob says"
          + " one word.") {
    @Override
    void tell(Stage stage, Random random) {
      Client alice = stage.client("alice").connect();
      for (int i = 0; i < 4; i++) {
        alice.send(5).expect(5).pause(Duration.ofMillis(40 + random.nextInt(30)));
      }
      alice.close();
      stage.client("bob").connect().send(5).expect(5).expectEnd();
    }

    @Override
    Optional<Duration> idleLimit() {
      return Optional.of(Duration.ofMillis(100));
    }
  };

  private final String step;
  private final String sentence;
  private final Fault[] menu;

  Story(String step, String sentence, Fault... menu) {
    this.step = step;
    this.sentence = sentence;
    this.menu = menu;
  }

  /** The story of that name. */
  public static Optional<Story> of(String name) {
    return Arrays.stream(values()).filter(story -> story.id().equals(name)).findFirst();
  }

  /** What it is called on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The id of the step that it belongs to. */
  public String step() {
    return step;
  }

  /** What happens, in a sentence. */
  public String sentence() {
    return sentence;
  }

  /** What a simulated kernel may do to the server. */
  Fault[] menu() {
    return menu;
  }

  /** How long the server lets a connection be silent, if it minds. */
  Optional<Duration> idleLimit() {
    return Optional.empty();
  }

  /** Tells the clients what to do. */
  abstract void tell(Stage stage, Random random);
}
