package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.page.Layout;
import java.util.Optional;

/** The pages at which a sign-in ends without reaching the application. */
final class LostPages {

    private LostPages() {}

    /** Where a browser goes that opens a page without an interaction. */
    static Response redirect(Directory directory) {
        String chosen = directory.signInExperience().unknownSessionRedirectUrl();
        return Response.redirect(302, Optional.ofNullable(chosen).orElse("/unknown-session"));
    }

    static Response unknownSession() {
        return page(200, "Session not found", "Go back to the application and sign in again.");
    }

    static Response sessionNotFound() {
        return page(400, "Sign-in session not found", "Session not found. Please go back and sign in again.");
    }

    static Response accountSuspended() {
        return page(200, "Account suspended", "This account is suspended. Contact your administrator.");
    }

    static Response accessDenied() {
        return page(403, "Access denied", "You do not have access to this application.");
    }

    private static Response page(int status, String title, String sentence) {
        return Response.html(status, Layout.page(ScreenPage.PRODUCT, title, Layout.alert(sentence)));
    }
}
