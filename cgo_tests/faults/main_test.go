package faults

import (
	"flag"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	// These tests mostly wait, so that many run at a time, unless the command line says otherwise.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
