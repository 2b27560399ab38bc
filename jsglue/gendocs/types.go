package gendocs

import (
	"strings"

	"github.com/zmqjs/zmqjs/jsglue"
)

// typeOf is a parameter's type in TypeScript.
func typeOf(p *jsglue.Parameter) string {
	switch {
	case p.Class != nil && p.Type == jsglue.Integer:
		return "Source"
	case p.Class != nil:
		return p.Class.Name
	}
	if p.Type&jsglue.Sendable == jsglue.Sendable {
		return "Sendable" // or an error of the function's own
	}
	switch p.Type {
	case jsglue.Integer, jsglue.Number:
		return "number"
	case jsglue.Text:
		return "string"
	case jsglue.Group:
		return "string | Bytes"
	case jsglue.Destination:
		return "number | string | Bytes"
	case jsglue.Endpoint:
		return "string | null"
	case jsglue.List:
		return "readonly Sendable[]"
	case jsglue.Buffer:
		return "Bytes"
	}
	return "Data"
}

var resultTypes = strings.NewReplacer(
	"PollerEvent", "PollerEvent<Data, Source>",
	"Monitor | 0", "0", // an overload has the other one
	"Uint8Array", "ReceivedBytes",
)

// result is a function's result, with the type parameters of its class.
func result(f *jsglue.Function) string {
	return resultTypes.Replace(f.Returns)
}

// typeParameters are those of a class.
var typeParameters = map[string]string{
	"Poller": "<Data = any, Source extends Socket | Monitor | number = Socket>",
}

// parameters is the list of a function's parameters.
func parameters(f *jsglue.Function) string {
	list := make([]string, len(f.Parameters))
	for i := range f.Parameters {
		p := &f.Parameters[i]
		list[i] = p.Name
		if p.Optional {
			list[i] += "?"
		}
		list[i] += ": " + typeOf(p)
		if p.Optional && (p.Type != jsglue.Any || p.Class != nil) {
			list[i] += " | null"
		}
	}
	return strings.Join(list, ", ")
}
