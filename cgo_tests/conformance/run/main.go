// Command run runs the conformance suite under the command line of a JavaScript engine:
//
//	run [-parallel N] [-time-limit DURATION] [-only PREFIX] DIRECTORY RUNNER [ARGUMENT...]
//
// DIRECTORY holds suite and skips.json. The status is 1 if a file fails.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
)

func main() {
	parallel := flag.Int("parallel", 2, "how many scripts run at a time")
	limit := flag.Duration("time-limit", 2*time.Minute, "of each script")
	only := flag.String("only", "", "run only the files whose names begin so")
	flag.Parse()
	if flag.NArg() < 2 {
		fmt.Fprintln(os.Stderr, "run [-parallel N] [-time-limit DURATION] [-only PREFIX] DIRECTORY RUNNER [ARGUMENT...]")
		os.Exit(2)
	}
	runner, err := absolute(flag.Args()[1:])
	if err != nil {
		fatal(err)
	}
	dir, err := filepath.Abs(flag.Arg(0))
	if err != nil {
		fatal(err)
	}
	suite := conformance.Standard(dir, runner)
	suite.Parallel, suite.TimeLimit, suite.Only = *parallel, *limit, *only
	results, err := suite.Run(os.Stdout)
	if err != nil {
		fatal(err)
	}
	summary, ok := conformance.Summary(results)
	fmt.Println(summary)
	if !ok {
		os.Exit(1)
	}
}

// absolute makes the paths in a command line absolute.
func absolute(command []string) ([]string, error) {
	program, err := exec.LookPath(command[0])
	if err != nil {
		return nil, err
	}
	result := append([]string{program}, command[1:]...)
	for i, argument := range result {
		if _, err := os.Stat(argument); err != nil {
			continue
		}
		if result[i], err = filepath.Abs(argument); err != nil {
			return nil, err
		}
	}
	return result, nil
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}
