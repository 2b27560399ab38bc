package jsglue

import (
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

var versionFunction = &Function{
	Name:    "version",
	Returns: "[number, number, number]",
	Summary: "The version of libzmq: [major, minor, patch].",
	run: func(*Call) (Data, error) {
		major, minor, patch := libzmq.Version()
		return Data{Kind: Array, Elements: []Data{number(major), number(minor), number(patch)}}, nil
	},
}

var hasFunction = &Function{
	Name:       "has",
	Parameters: []Parameter{{Name: "capability", Type: Text}},
	Returns:    "number",
	Summary:    "1 if libzmq has the capability, else 0.",
	run: func(c *Call) (Data, error) {
		capability := c.Arguments[0].Text
		if !strings.Contains(capability, "\x00") && libzmq.Has(capability) {
			return number(1), nil
		}
		return number(0), nil
	},
}
