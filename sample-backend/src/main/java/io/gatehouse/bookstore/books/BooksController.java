package io.gatehouse.bookstore.books;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API. It asks for no token and no scope: by the time a request gets here, {@code access} has. */
@RestController
@RequestMapping("/api/books")
final class BooksController {

    private final Shelf shelf;

    BooksController(Shelf shelf) {
        this.shelf = shelf;
    }

    @GetMapping
    List<Book> all() {
        return shelf.all();
    }

    @GetMapping("/{id}")
    Book one(@PathVariable long id) {
        return shelf.find(id).orElseThrow(BooksController::noSuchBook);
    }

    @PostMapping
    ResponseEntity<Book> add(@Valid @RequestBody NewBook newBook) {
        Book book = shelf.add(newBook).orElseThrow(BooksController::shelfIsFull);
        return ResponseEntity.created(URI.create("/api/books/" + book.id())).body(book);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id) {
        if (!shelf.remove(id)) {
            throw noSuchBook();
        }
    }

    private static ErrorResponseException noSuchBook() {
        return problem(HttpStatus.NOT_FOUND, "There is no such book.");
    }

    private static ErrorResponseException shelfIsFull() {
        return problem(HttpStatus.CONFLICT, "The shelf is full. Remove a book first.");
    }

    private static ErrorResponseException problem(HttpStatus status, String why) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, why), null);
    }
}
