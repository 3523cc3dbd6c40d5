package io.retort.web;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A JavaScript function that is told each byte of an answer, 0 to 255. */
@JSFunctor
public interface ByteCallback extends JSObject {
    /** Takes the next byte. */
    void accept(int value);
}
