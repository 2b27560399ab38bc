package faults

import (
	"fmt"
	"testing"
)

func TestPromiseBroken(t *testing.T) {
	for _, test := range []struct {
		promise promise
		arrived []int
		want    string
	}{
		{promise{}, []int{1, 2, 3}, "[]"},
		{promise{}, []int{1, 3}, "[2 is missing]"},
		{promise{missing: true}, []int{1, 3}, "[]"},
		{promise{}, []int{1, 2, 2, 3}, "[2 came 2 times]"},
		{promise{repeated: true}, []int{1, 2, 2, 3}, "[]"},
		{promise{}, []int{1, 3, 2}, "[2 came after 3]"},
		{promise{disorder: true}, []int{1, 3, 2}, "[]"},
		{promise{true, true, true}, []int{4, 0}, "[4 was never sent 0 was never sent]"},
	} {
		if got := fmt.Sprint(test.promise.broken(3, test.arrived)); got != test.want {
			t.Errorf("%+v, %v: %s, not %s", test.promise, test.arrived, got, test.want)
		}
	}
}
