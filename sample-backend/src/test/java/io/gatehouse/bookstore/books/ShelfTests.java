package io.gatehouse.bookstore.books;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShelfTests {

    private final Shelf shelf = new Shelf();

    @Test
    void startsWithSomethingToRead() {
        assertThat(shelf.all()).extracting(Book::title).contains("Flatland");
    }

    @Test
    void addedBookIsFoundUnderItsId() {
        Book added = shelf.add(new NewBook(" Middlemarch ", " George Eliot ")).orElseThrow();

        assertThat(shelf.find(added.id())).contains(added);
        assertThat(shelf.all()).endsWith(added);
        assertThat(added.title()).isEqualTo("Middlemarch");
    }

    @Test
    void removedBookIsGoneAndItsIdIsNotUsedAgain() {
        Book removed = shelf.add(new NewBook("Middlemarch", "George Eliot")).orElseThrow();

        assertThat(shelf.remove(removed.id())).isTrue();
        assertThat(shelf.remove(removed.id())).isFalse();
        assertThat(shelf.find(removed.id())).isEmpty();
        assertThat(shelf.add(new NewBook("Emma", "Jane Austen")))
                .hasValueSatisfying(book -> assertThat(book.id()).isGreaterThan(removed.id()));
    }

    @Test
    void fullShelfTakesNoMore() {
        while (shelf.all().size() < Shelf.ROOM) {
            shelf.add(new NewBook("Emma", "Jane Austen"));
        }

        assertThat(shelf.add(new NewBook("Emma", "Jane Austen"))).isEmpty();
        assertThat(shelf.all()).hasSize(Shelf.ROOM);
    }
}
