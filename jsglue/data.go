package jsglue

import (
	"strconv"
	"strings"
)

// A Kind is the type of a Data. The numbers are those of enum zmqjs_type in
// zmqjs.h.
type Kind uint32

// The kinds of Data.
const (
	Undefined Kind = iota
	Null
	Boolean  // Int: 0 or 1
	Int32    // Int
	Double   // Number
	BigInt   // Int, and Unsigned or Truncated
	String   // Text: UTF-8
	Bytes    // Bytes
	Instance // Object
	Array    // Elements; Length as an argument for a List
	Plain    // Elements and Names; as an argument: anything else
	Kept     // not in Go
	This     // results only
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
	Object    Object
	Elements  []Data // of a result, or of an argument for a List
	Names     []string
}

func number(value int) Data { return Data{Kind: Int32, Int: int64(value)} }

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

// describe names an argument of a script, for error texts.
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
	case Instance:
		return "a " + d.Object.Class().Name
	}
	return "an object"
}
