package faults

import (
	"flag"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	// Most of these tests wait most of the time. The command line may say otherwise.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
