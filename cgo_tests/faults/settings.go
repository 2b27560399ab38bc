package faults

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

var (
	seed     = setting("FAULTS_SEED", int(time.Now().UnixNano()&0xffffffff))
	messages = setting("FAULTS_MESSAGES", 2000)
	// limit is the time limit of a process, for the number of messages.
	limit = testkit.Limit + time.Duration(messages)*5*time.Millisecond
)

func setting(name string, otherwise int) int {
	text, there := os.LookupEnv(name)
	if !there {
		return otherwise
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < 1 {
		panic(fmt.Sprintf("%s is %q, not a number above 0", name, text))
	}
	return value
}

// chance makes the random choices of a test.
func chance(t testing.TB) *rand.Rand {
	t.Helper()
	t.Log("repeat it with", strings.Join(settings(), " "))
	name := fnv.New64()
	_, _ = name.Write([]byte(t.Name()))
	return rand.New(rand.NewPCG(uint64(seed), name.Sum64()))
}

// settings are those of this run, as environment variables for another process.
func settings() []string {
	return []string{fmt.Sprint("FAULTS_SEED=", seed), fmt.Sprint("FAULTS_MESSAGES=", messages)}
}
