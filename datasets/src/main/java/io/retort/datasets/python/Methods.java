package io.retort.datasets.python;

/** Finds the method of a value by its name. */
final class Methods {

    private Methods() {}

    static PythonValue call(PythonValue receiver, String method, Arguments arguments, Meter meter) {
        if (receiver instanceof PythonValue.Str text) {
            meter.charge(text.value().length());
            return new StringMethods(text.value(), arguments, meter).call(method);
        }
        if (receiver instanceof PythonValue.Sequence list) {
            return new ListMethods(list, arguments, meter).call(method);
        }
        throw none(receiver.typeName(), method);
    }

    static PythonError none(String type, String method) {
        return PythonError.type(type + " has no method '" + method + "' in the subset");
    }
}
