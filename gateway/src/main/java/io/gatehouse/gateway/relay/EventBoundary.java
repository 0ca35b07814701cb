package io.gatehouse.gateway.relay;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Knows, of an event stream as far as it was read, whether an event has begun and not ended: a blank line ends it (HTML
 * Standard, section 9.2.5). Lines end with LF, CR or both.
 */
final class EventBoundary {

    private boolean lineIsEmpty = true;
    private boolean eventHasBegun;
    private boolean afterCarriageReturn;

    /** Between two events, or before the first. */
    boolean isBetweenEvents() {
        return lineIsEmpty && !eventHasBegun;
    }

    /** Reads a part to its end. */
    DataBuffer read(DataBuffer part) {
        for (int at = part.readPosition(); at < part.writePosition(); at++) {
            read(part.getByte(at));
        }
        return part;
    }

    /** Reads a part to where the event ends that has begun, and shortens it by what follows. */
    DataBuffer restOfEvent(DataBuffer part) {
        int at = part.readPosition();
        while (at < part.writePosition() && !isBetweenEvents()) {
            read(part.getByte(at));
            at++;
        }
        return part.writePosition(at);
    }

    private void read(byte next) {
        boolean restOfLineEnd = next == '\n' && afterCarriageReturn;
        afterCarriageReturn = next == '\r';
        if (restOfLineEnd) {
            return;
        }
        if (next == '\n' || next == '\r') {
            eventHasBegun = eventHasBegun && !lineIsEmpty;
            lineIsEmpty = true;
        } else {
            // A comment is a line that begins with a colon; it belongs to no event.
            eventHasBegun = eventHasBegun || (lineIsEmpty && next != ':');
            lineIsEmpty = false;
        }
    }
}
