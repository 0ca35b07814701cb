package io.gatehouse.bookstore.books;

/** A book on the shelf. */
record Book(long id, String title, String author) {}
