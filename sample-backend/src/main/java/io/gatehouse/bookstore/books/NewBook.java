package io.gatehouse.bookstore.books;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A book as it is handed in, to be validated before it is put on the shelf. */
record NewBook(
        @NotBlank @Size(max = 200) String title,
        @NotBlank @Size(max = 100) String author) {}
