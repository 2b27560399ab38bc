package jsglue

import (
	"math"
	"strings"
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
	Sendable Type = 1<<Null | 1<<Boolean | Number | 1<<BigInt | 1<<String | 1<<Bytes
)

// A Parameter is one parameter of a function.
type Parameter struct {
	Name     string
	Type     Type
	Class    *Class // instead of Type: an instance of it
	Optional bool   // undefined and null stand for an absent one
}

// A Function is a function, method, getter, setter or constructor of the module.
type Function struct {
	Name       string
	Class      *Class // whose instance this is; nil for functions and constructors
	Parameters []Parameter
	Returns    string // its type, as in TypeScript; "0" where that is all it returns
	Summary    string // one sentence
	run        func(*Call) (Data, error)
	owner      string // "Socket." for a method
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

// Title is the function with its parameters: "Socket.send(data, flags?)".
func (f *Function) Title() string { return f.owner + f.call() }

// Signature is the function with its parameters and result:
// "send(data, flags?): number | undefined".
func (f *Function) Signature() string { return f.call() + ": " + f.Returns }

func (f *Function) call() string {
	names := make([]string, len(f.Parameters))
	for i, parameter := range f.Parameters {
		names[i] = parameter.Name
		if parameter.Optional {
			names[i] += "?"
		}
	}
	return f.Name + "(" + strings.Join(names, ", ") + ")"
}

// describe names what a parameter accepts, for error texts.
func (p *Parameter) describe() string {
	switch {
	case p.Class != nil:
		return "a " + p.Class.Name
	case p.Type == Integer:
		return "a 32-bit integer"
	case p.Type == Text:
		return "a string"
	case p.Type == List:
		return "an array"
	}
	return "null, a boolean, number, bigint, string or bytes"
}

// check makes the arguments fit the parameters: absent ones are undefined, and
// integers are Int32 however the engine stores them.
func (f *Function) check(c *Call) error {
	for len(c.Arguments) < len(f.Parameters) {
		c.Arguments = append(c.Arguments, Data{})
	}
	for i := range f.Parameters {
		parameter, argument := &f.Parameters[i], &c.Arguments[i]
		if !parameter.accepts(argument) {
			return f.typeErrorf("%s must be %s, not %s", parameter.Name, parameter.describe(), argument.describe())
		}
	}
	return nil
}

func (p *Parameter) accepts(d *Data) bool {
	if p.Optional && (d.Kind == Undefined || d.Kind == Null) {
		*d = Data{}
		return true
	}
	if d.Kind == Double {
		if integer := int32(d.Number); float64(integer) == d.Number {
			*d = number(int(integer))
		}
	}
	switch {
	case p.Class != nil:
		return d.Kind == Native && ClassName(d.Object) == p.Class.Name
	case p.Type == Any:
		return true
	}
	return p.Type&(1<<d.Kind) != 0
}

// integral tells whether a number has no fraction and is finite.
func integral(number float64) bool {
	return number == math.Trunc(number) && !math.IsInf(number, 0)
}
