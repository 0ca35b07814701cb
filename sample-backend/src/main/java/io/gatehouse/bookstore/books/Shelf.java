package io.gatehouse.bookstore.books;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The books, in memory and in the order they came. Safe for use by many threads; no method waits for long. */
@Component
final class Shelf {

    static final int ROOM = 1_000;

    private final Map<Long, Book> books = new LinkedHashMap<>();

    private long lastId;

    Shelf() {
        add(new NewBook("Alice's Adventures in Wonderland", "Lewis Carroll"));
        add(new NewBook("The Hunting of the Snark", "Lewis Carroll"));
        add(new NewBook("Flatland", "Edwin A. Abbott"));
    }

    synchronized List<Book> all() {
        return List.copyOf(books.values());
    }

    synchronized Optional<Book> find(long id) {
        return Optional.ofNullable(books.get(id));
    }

    /** The book with its new id; empty if the shelf is full. */
    synchronized Optional<Book> add(NewBook newBook) {
        if (books.size() == ROOM) {
            return Optional.empty();
        }
        Book book = new Book(++lastId, newBook.title().strip(), newBook.author().strip());
        books.put(book.id(), book);
        return Optional.of(book);
    }

    /** Takes the book away; false if there was none. */
    synchronized boolean remove(long id) {
        return books.remove(id) != null;
    }
}
