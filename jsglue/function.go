package jsglue

import (
	"math"
	"strings"
	"unsafe"
)

// A Type is a set of kinds that a parameter accepts.
type Type uint32

// The types of parameters.
const (
	Any      Type = 0 // every value; it is not read
	Integer  Type = 1 << Int32
	Number   Type = 1<<Int32 | 1<<Double
	Text     Type = 1 << String
	List     Type = 1 << Array // whose elements are Sendable
	Buffer   Type = 1 << Bytes
	Sendable Type = 1<<Null | 1<<Boolean | Number | 1<<BigInt | 1<<String | 1<<Bytes
)

// LongestList is how many elements a List may have; those of a longer array need not
// be read.
const LongestList = 1 << 20

// A Parameter is one parameter of a function.
type Parameter struct {
	Name     string
	Type     Type
	Class    *Class // an instance of it, besides what Type accepts, if that is not Any
	Or       *Class // an instance of this one too; or nil
	Optional bool   // undefined and null stand for an absent one
	Lends    bool   // its bytes may be used after the call
}

// A Function is a function, method, getter, setter or constructor of the module.
type Function struct {
	Name       string
	Class      *Class // whose instance this is; nil for functions and constructors
	Parameters []Parameter
	Returns    string // its type, as in TypeScript; "0" where that is all it returns
	Summary    string // one sentence
	Keeps      int    // how many values a call may make this keep
	// Operation does it in C (libzmq.Operations); nil where run does.
	Operation unsafe.Pointer
	// FastOperation is its form for fast calls; nil where it has none.
	FastOperation unsafe.Pointer
	run           func(*Call) (Data, error)
	// Of an operation: they explain a refusal of arguments that check accepts, an error number of libzmq, and a
	// message of the wrong size.
	refuse       func(*Call) error
	explainErrno func(*Call, error) error
	wrongSize    func(size int) error
	waitsFor     func(*Call) string // describes the wait of an interrupted call
	owner        string             // "Socket." for a method
	accesses     string             // "get " or "set " for a getter or a setter
}

// Length is how many parameters are required.
func (f *Function) Length() int {
	length := 0
	for _, parameter := range f.Parameters {
		if !parameter.Optional {
			length++
		}
	}
	return length
}

// Owner is the prefix of a method's name in its title: "Socket.".
func (f *Function) Owner() string { return f.owner }

// Title is the function with its parameters: "Socket.send(data, flags?)".
func (f *Function) Title() string { return f.owner + f.call() }

// Signature is the function with its parameters and result:
// "send(data, flags?): number | undefined"; of a getter or setter "closed: boolean".
func (f *Function) Signature() string { return f.call() + ": " + f.Returns }

// PropertyName is the function's property "name": "send", "get closed", "[Symbol.dispose]".
func (f *Function) PropertyName() string {
	if symbol, ok := f.Symbol(); ok {
		return "[Symbol." + symbol + "]"
	}
	return f.accesses + f.Name
}

// Symbol is the well-known symbol that names a method: "dispose"; not ok for other functions.
func (f *Function) Symbol() (name string, ok bool) { return strings.CutPrefix(f.Name, "@@") }

// key is the function's title in libzmq.Operations.
func (f *Function) key() string {
	switch symbol, ok := f.Symbol(); {
	case ok:
		return f.owner + "[Symbol." + symbol + "]"
	}
	return f.owner + f.Name
}

func (f *Function) call() string {
	if f.accesses != "" {
		return f.Name
	}
	names := make([]string, len(f.Parameters))
	for i, parameter := range f.Parameters {
		names[i] = parameter.Name
		if parameter.Optional {
			names[i] += "?"
		}
	}
	return f.Name + "(" + strings.Join(names, ", ") + ")"
}

// describe names the values that a parameter accepts, for error texts.
func (p *Parameter) describe() string {
	switch {
	case p.Class != nil && p.Type == Integer:
		return "a " + p.Class.Name + ", a " + p.Or.Name + " or a file descriptor"
	case p.Class != nil:
		return "a " + p.Class.Name
	case p.Type == Integer:
		return "a 32-bit integer"
	case p.Type == Number:
		return "a number"
	case p.Type == Destination:
		return "a routing id (a number) or a group (a string or bytes)"
	case p.Type == Group:
		return "a string or bytes"
	case p.Type == Buffer:
		return "an ArrayBuffer, a typed array or a DataView"
	case p.Type == Text:
		return "a string"
	case p.Type == Endpoint:
		return "a string or null, or events as a 32-bit integer"
	case p.Type == List:
		return "an array"
	}
	return "null, a boolean, number, bigint, string or bytes"
}

// instead names a value that a parameter does not accept, and a way to send it.
func (d *Data) instead(p *Parameter) string {
	if p.Type == Sendable && (d.Kind == Plain || d.Kind == Array) {
		return d.describe() + "; JSON.stringify() makes a string of it"
	}
	return d.describe()
}

// element is the type of the elements of a List.
var element = Parameter{Type: Sendable}

// check makes the arguments fit the parameters: absent ones are undefined, integers
// are Int32 however the engine stores them, and strings are well-formed.
func (f *Function) check(c *Call) error {
	for len(c.Arguments) < len(f.Parameters) {
		c.Arguments = append(c.Arguments, Data{})
	}
	for i := range f.Parameters {
		parameter, argument := &f.Parameters[i], &c.Arguments[i]
		if !parameter.accepts(argument) {
			return f.typeErrorf("%s must be %s, not %s", parameter.Name, parameter.describe(), argument.instead(parameter))
		}
		if parameter.Type == List && argument.Length > LongestList {
			return f.rangeErrorf("%s must have at most %d elements, not %d", parameter.Name, LongestList, argument.Length)
		}
		for j := range argument.Elements {
			if !element.accepts(&argument.Elements[j]) {
				return f.typeErrorf("%s[%d] must be %s, not %s", parameter.Name, j, element.describe(), argument.Elements[j].instead(&element))
			}
		}
	}
	return nil
}

func (p *Parameter) accepts(d *Data) bool {
	if p.Optional && (d.Kind == Undefined || d.Kind == Null) {
		*d = Data{}
		return true
	}
	switch d.Kind {
	case Double:
		if integer := int32(d.Number); float64(integer) == d.Number {
			*d = number(int(integer))
		}
	case String:
		d.Text = withoutSurrogates(d.Text)
	}
	switch {
	case p.Class != nil && d.Kind == Instance:
		class := d.Object.Class()
		return class == p.Class || p.Or != nil && class == p.Or
	case p.Type == Any:
		return p.Class == nil
	}
	return p.Type&(1<<d.Kind) != 0
}

// integral reports whether a number has no fraction and is finite.
func integral(number float64) bool {
	return number == math.Trunc(number) && !math.IsInf(number, 0)
}
