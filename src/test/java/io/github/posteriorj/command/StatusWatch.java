package io.github.posteriorj.command;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.scijava.Context;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/**
 * Reads what commands say while they run, and does something when one of them says a text. The
 * command waits meanwhile.
 */
final class StatusWatch implements AutoCloseable {

  private final EventService events;
  private final String text;
  private final Consumer<Task> reaction;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<EventSubscriber<?>> subscribers;

  private StatusWatch(Context context, String text, Consumer<Task> reaction) {
    this.events = context.service(EventService.class);
    this.text = text;
    this.reaction = reaction;
    this.subscribers = events.subscribe(this);
  }

  /** Begins to read, and reacts once. */
  static StatusWatch on(Context context, String text, Consumer<Task> reaction) {
    return new StatusWatch(context, text, reaction);
  }

  @EventHandler
  void onEvent(TaskEvent event) {
    String message = String.valueOf(event.getTask().getStatusMessage());
    messages.add(message);
    if (message.contains(text) && isOver.compareAndSet(false, true)) {
      reaction.accept(event.getTask());
    }
  }

  /** All that was said. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    events.unsubscribe(subscribers);
  }
}
