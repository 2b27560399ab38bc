package jsglue

import (
	"math"
	"strconv"
	"strings"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Kind says what a Data holds. The numbers are those of enum zmqjs_type in
// zmqjs.h.
type Kind uint32

// The kinds of Data.
const (
	Undefined Kind = iota
	Null
	Boolean // Int: 0 or 1
	Int32   // Int
	Double  // Number
	BigInt  // Int, and Unsigned or Truncated
	String  // Text: UTF-8
	Bytes   // Bytes
	Native  // Object: *Context, *Socket, *Poller, *Authenticator or *Monitor
	Array   // Elements; Length as an argument for a List
	Object  // Elements and Names; as an argument: anything else
	Slot    // Int: the value in that slot of this. Results only
	This    // Results only
)

// Data is a value of the engine in a form that Go can read: an argument, borrowed
// from the engine for the call, or a result.
type Data struct {
	Kind      Kind
	Unsigned  bool // of a BigInt: Int is a uint64 above 1<<63 - 1
	Truncated bool // of a BigInt argument: it did not fit 64 bits
	Int       int64
	Number    float64
	Text      string
	Bytes     []byte
	Length    int
	Object    any
	Elements  []Data // of a result, or of an argument for a List
	Names     []string
	// Message holds a result's content instead of Bytes or Text; the one who makes
	// a value of the result closes it.
	Message *libzmq.Message
}

func number(value int) Data { return Data{Kind: Int32, Int: int64(value)} }

// size is a number of bytes.
func size(bytes int) Data {
	if bytes > math.MaxInt32 {
		return Data{Kind: Double, Number: float64(bytes)}
	}
	return number(bytes)
}

func text(value string) Data { return Data{Kind: String, Text: value} }

func boolean(value bool) Data {
	if value {
		return Data{Kind: Boolean, Int: 1}
	}
	return Data{Kind: Boolean}
}

// bigInt makes a BigInt of a signed 64-bit integer.
func bigInt(value int64) Data { return Data{Kind: BigInt, Int: value} }

var success = number(0)

// Content is the content of a result of kind String or Bytes; of a string without
// the one NUL that a C string ends with.
func (d *Data) Content() []byte {
	switch {
	case d.Message == nil && d.Kind == String:
		return unsafe.Slice(unsafe.StringData(d.Text), len(d.Text))
	case d.Message == nil:
		return d.Bytes
	case d.Kind == String:
		return withoutTerminator(d.Message.Bytes())
	}
	return d.Message.Bytes()
}

// Release closes the messages in a result that is not made into a value.
func (d *Data) Release() {
	d.Message.Close()
	for i := range d.Elements {
		d.Elements[i].Release()
	}
}

// literal writes a number or a bigint as a script would.
func (d *Data) literal() string {
	switch {
	case d.Truncated:
		return "a larger bigint"
	case d.Kind == BigInt && d.Unsigned:
		return strconv.FormatUint(uint64(d.Int), 10) + "n"
	case d.Kind == BigInt:
		return strconv.FormatInt(d.Int, 10) + "n"
	case d.Kind == Int32:
		return strconv.FormatInt(d.Int, 10)
	}
	return d.describe()
}

// describe names what a script passed, for error texts.
func (d *Data) describe() string {
	switch d.Kind {
	case Undefined:
		return "undefined"
	case Null:
		return "null"
	case Boolean:
		return "a boolean"
	case Int32:
		return "a number"
	case Double:
		number := strconv.FormatFloat(d.Number, 'f', -1, 64)
		return strings.TrimPrefix(strings.Replace(number, "Inf", "Infinity", 1), "+")
	case BigInt:
		return "a bigint"
	case String:
		return "a string"
	case Bytes:
		return "bytes"
	case Array:
		return "an array"
	case Native:
		return "a " + ClassName(d.Object)
	}
	return "an object"
}
