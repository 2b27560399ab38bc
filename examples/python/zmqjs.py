"""The module zmq in Python, without a JavaScript engine: calls are data, so ctypes is enough.

libzmqjs names its classes, functions and constants to the callbacks below, which make Python ones of
them. The library is found as the system finds it, or by the environment variable ZMQJS_LIBRARY.
"""
import ctypes as c
import os

UNDEFINED, NULL, BOOLEAN, INT32, DOUBLE, BIGINT, STRING, BYTES, INSTANCE, ARRAY, OBJECT, KEPT, THIS = range(13)
OK, HELD, EXCEPTION, UNSIGNED, TRUNCATED = 0, 2, -1, 1, 2
u32, i32, text, pointer = c.c_uint32, c.c_int32, c.c_char_p, c.c_void_p


def structure(name, *fields):
    return type(name, (c.Structure,), {"_fields_": fields})


class As(c.Union):
    _fields_ = [("int32", i32), ("number", c.c_double), ("bigint", c.c_int64), ("data", pointer)]


Data = structure("Data", ("type", u32), ("flags", u32), ("value", As), ("length", c.c_size_t))
Keep = structure("Keep", ("index", u32), ("argument", i32))
Failure = structure("Failure", ("error_class", u32), ("errno", i32), ("message", text), ("code", text), ("endpoint", text))
Frame = structure("Frame", ("runtime", pointer), ("context", pointer), ("self", pointer), ("arguments", c.POINTER(Data)),
                  ("argument_count", c.c_size_t), ("result", Data), ("keep", c.POINTER(Keep)), ("keep_count", c.c_size_t),
                  ("error", Failure), ("reserved", c.c_uint64 * 32))
Function = structure("Function", ("name", text), ("signature", text), ("length", u32), ("number", u32),
                     ("parameter_count", u32), ("reads", u32), ("arrays", u32), ("keeps", u32),
                     ("call", c.CFUNCTYPE(c.c_int, pointer, c.POINTER(Frame))))
Class = structure("Class", ("name", text), ("number", u32), ("size", u32), ("constructor", c.POINTER(Function)))
Property = structure("Property", ("target", u32), ("attributes", u32), ("name", text), ("symbol", text))


def callback(*types):
    return c.CFUNCTYPE(c.c_int, pointer, c.POINTER(Property), *types)


Registrar = structure("Registrar", ("abi_version", u32), ("size", u32), ("begin_class", callback(c.POINTER(Class))),
                      ("define_function", callback(c.POINTER(Function))),
                      ("define_accessor", callback(c.POINTER(Function), c.POINTER(Function))),
                      ("define_value", callback(c.POINTER(Data))))

library = c.CDLL(os.environ.get("ZMQJS_LIBRARY", "libzmqjs.so.1"))
library.zmqjs_last_error.restype = text
library.zmqjs_finalize.argtypes = library.zmqjs_runtime_free.argtypes = [pointer]
runtime, classes = pointer(), []


class Error(Exception):
    """What a call throws: an Error, TypeError or RangeError of JavaScript."""

    def __init__(self, failure):
        super().__init__(failure.message.decode())
        self.code, self.errno, self.endpoint = (failure.code or b"").decode(), failure.errno, failure.endpoint


class Instance:
    """An instance of one of the module's classes, and the values that it keeps."""

    def __init__(self, *arguments):
        self.instance = call(self.constructor, self, arguments)
        self.kept = {}

    def __del__(self):
        library.zmqjs_finalize(self.__dict__.get("instance"))


def read(value, held):
    """Makes data of a value; held keeps what it shows."""
    if isinstance(value, bool):
        return Data(BOOLEAN, 0, As(int32=value))
    if isinstance(value, int):
        if -2**31 <= value < 2**31:
            return Data(INT32, 0, As(int32=value))
        flags = 0 if -2**63 <= value < 2**63 else UNSIGNED if 0 <= value < 2**64 else TRUNCATED
        return Data(BIGINT, flags, As(bigint=value))
    if isinstance(value, float):
        return Data(DOUBLE, 0, As(number=value))
    if isinstance(value, (str, bytes, bytearray)):
        shown = value.encode(errors="surrogatepass") if isinstance(value, str) else value
        memory = (c.c_char * len(shown)).from_buffer(shown if isinstance(shown, bytearray) else bytearray(shown))
        held.append(memory)
        return Data(STRING if isinstance(value, str) else BYTES, 0, As(data=c.addressof(memory)), len(shown))
    if isinstance(value, (list, tuple)):
        elements = (Data * len(value))(*(read(element, held) for element in value))
        held.append(elements)
        return Data(ARRAY, 0, As(data=c.addressof(elements)), len(value))
    if isinstance(value, Instance):
        return Data(INSTANCE, 0, As(data=value.instance))
    return Data(UNDEFINED if value is None else OBJECT)


def make(data, this):
    """Makes a value of a result."""
    if data.type in (BOOLEAN, INT32):
        return bool(data.value.int32) if data.type == BOOLEAN else data.value.int32
    if data.type == BIGINT:
        return data.value.bigint % 2**64 if data.flags & UNSIGNED else data.value.bigint
    if data.type in (STRING, BYTES):
        shown = c.string_at(data.value.data, data.length) if data.length else b""
        return shown.decode() if data.type == STRING else shown
    if data.type in (ARRAY, OBJECT):
        count = data.length * (1 if data.type == ARRAY else 2)
        made = [make(element, this) for element in (Data * count).from_address(data.value.data)] if count else []
        return made if data.type == ARRAY else type("Object", (), dict(zip(made[::2], made[1::2])))()
    if data.type == INSTANCE:
        made = Instance.__new__(classes[data.length])
        made.instance, made.kept = data.value.data, {}
        return made
    return {DOUBLE: data.value.number, KEPT: this and this.kept.get(data.value.int32), THIS: this}.get(data.type)


def call(function, this, arguments):
    """Calls a function of the library; for a constructor it gives the library's instance."""
    held, count = [], min(len(arguments), function.parameter_count)
    data = (Data * count)(*(read(argument, held) for argument in arguments[:count]))
    frame = Frame(runtime=runtime, self=getattr(this, "instance", None), arguments=data, argument_count=count)
    status = function.call(c.addressof(function), c.byref(frame))
    try:
        if status not in (OK, HELD):
            raise Error(frame.error)
        for keep in frame.keep[:frame.keep_count] if status == HELD else ():
            this.kept[keep.index] = arguments[keep.argument] if keep.argument >= 0 else None
        is_new = this is not None and not hasattr(this, "instance")
        return frame.result.value.data if is_new else make(frame.result, this)
    finally:
        if status != OK:
            library.zmqjs_frame_release(c.byref(frame))


def load():
    """Makes the module: a class whose attributes are what it exports."""
    module = type("zmq", (), {"Error": Error})

    def define(place, value):
        target = module if place.contents.target == 0 else classes[-1]
        if place.contents.name:
            setattr(target, place.contents.name.decode(), value)
        return OK

    def begin_class(_, place, definition):
        attributes = {"constructor": definition.contents.constructor.contents}
        classes.append(type(definition.contents.name.decode(), (Instance,), attributes))
        return define(place, classes[-1])

    def define_function(_, place, function):
        called = function.contents
        if place.contents.target == 1:
            return define(place, lambda this, *arguments: call(called, this, arguments))
        return define(place, staticmethod(lambda *arguments: call(called, None, arguments)))

    def define_accessor(_, place, getter, setter):
        get, set = getter.contents, setter.contents if setter else None
        return define(place, property(lambda this: call(get, this, ()),
                                      set and (lambda this, value: call(set, this, (value,)))))

    def define_value(_, place, data):
        return define(place, make(data.contents, None))

    callbacks = (begin_class, define_function, define_accessor, define_value)
    made = [kind(made) for (_, kind), made in zip(Registrar._fields_[2:], callbacks)]
    registrar = Registrar(1, c.sizeof(Registrar), *made)
    if (library.zmqjs_register(c.byref(registrar), None) != OK
            or library.zmqjs_runtime_new(None, None, c.byref(runtime)) != OK):
        raise OSError(library.zmqjs_last_error().decode())
    return module


def leave():
    """Ends the runtime: waits for what is not sent yet, at most a second."""
    library.zmqjs_runtime_free(runtime)
