package jsglue

import (
	"errors"
	"strings"
	"testing"
)

func TestPanicBecomesAnError(t *testing.T) {
	function := &Function{Name: "fail", run: func(*Call) (Data, error) {
		var nothing []int
		return number(nothing[1]), nil
	}}
	_, err := function.Run(&Call{})
	var failed *Error
	if !errors.As(err, &failed) || failed.Class != PlainError || !strings.HasPrefix(failed.Message, "fail(): internal error: runtime error: index out of range") {
		t.Errorf("a panic became %#v", err)
	}
}

func TestArgumentsAreChecked(t *testing.T) {
	var got []Data
	function := &Function{
		Name:       "f",
		Parameters: []Parameter{{Name: "count", Type: Integer}, {Name: "anything"}, {Name: "flags", Type: Integer, Optional: true}},
		run: func(c *Call) (Data, error) {
			got = c.Arguments
			return success, nil
		},
	}
	for _, test := range []struct {
		arguments []Data
		want      string // the error, or ""
	}{
		{[]Data{number(1), {}}, ""},
		{[]Data{{Kind: Double, Number: 3}, text("x"), {Kind: Null}}, ""},
		{[]Data{{Kind: Double, Number: 1 << 31}}, "count must be a 32-bit integer, not 2147483648"},
		{[]Data{{Kind: Double, Number: 0.5}}, "count must be a 32-bit integer, not 0.5"},
		{[]Data{text("1")}, "count must be a 32-bit integer, not a string"},
		{nil, "count must be a 32-bit integer, not undefined"},
		{[]Data{number(1), {}, {Kind: Boolean}}, "flags must be a 32-bit integer, not a boolean"},
		{[]Data{number(1), {}, {Kind: Instance, Object: &Poller{}}}, "flags must be a 32-bit integer, not a Poller"},
	} {
		got = nil
		_, err := function.Run(&Call{Arguments: test.arguments})
		if test.want == "" {
			if err != nil || len(got) != 3 || got[0].Kind != Int32 || got[2].Kind != Undefined {
				t.Errorf("%v: %v, the function got %v", test.arguments, err, got)
			}
			continue
		}
		var failed *Error
		if !errors.As(err, &failed) || failed.Class != TypeError || failed.Message != "f(count, anything, flags?): "+test.want {
			t.Errorf("%v: %v", test.arguments, err)
		}
	}
}
