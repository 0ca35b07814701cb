package io.gatehouse.bookstore;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one Bookstore that all tests share to those that ask for it, and stops it after the last. */
public final class BookstoreExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bookstore.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(BookstoreExtension.class))
                .computeIfAbsent(Running.class, key -> new Running(), Running.class)
                .bookstore;
    }

    private static final class Running implements AutoCloseable {

        private final Issuer issuer = new Issuer();
        private final Bookstore bookstore = Bookstore.trusting(issuer);

        @Override
        public void close() {
            bookstore.close();
            issuer.close();
        }
    }
}
