package gojavm

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"sync"
	"time"
	"weak"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// regexp2 matches regular expressions with lookaround, and all that do not start at the beginning
// of a text. It may backtrack without end, and checks only a clock; so an interrupt makes its
// timeout expire.

// matches are the regexp2 machines that may be running.
type matches struct {
	sync.Mutex
	runners []weak.Pointer[regexp2.Runner]
	size    int // the number of runners from which on dead ones are removed

	// The fields below belong to the VM's goroutine.
	last  *regexp2.Regexp
	armed map[weak.Pointer[regexp2.Regexp]]struct{}
}

// regexpFlags is the key under which a RegExp stores the flags that goja does not support.
var regexpFlags = goja.NewSymbol("flags")

// The fields of a regular expression in goja; readRegexpLayout sets them.
var patternField, goField, otherField, otherRegexp, runnerDeadline, runnerIgnore int

func readRegexpLayout() {
	patternField = mustField(regexpType.Elem(), "pattern")
	pattern := regexpType.Elem().Field(patternField).Type.Elem()
	goField = mustField(pattern, "regexpWrapper")
	otherField = mustField(pattern, "regexp2Wrapper")
	otherRegexp = mustField(pattern.Field(otherField).Type.Elem(), "rx")
	runnerDeadline = mustField(reflect.TypeFor[regexp2.Runner](), "deadline")
	runnerIgnore = mustField(reflect.TypeFor[regexp2.Runner](), "ignoreTimeout")
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func mustField(structure reflect.Type, name string) int {
	return fieldIndex(reflect.Zero(structure).Interface(), name)
}

// patternOf is the compiled pattern of a RegExp.
func patternOf(v goja.Value) (pattern reflect.Value, ok bool) {
	object, ok := v.(*goja.Object)
	if !ok {
		return pattern, false
	}
	self := reflect.ValueOf(object).Elem().Field(selfField).Elem()
	if self.Type() != regexpType {
		return pattern, false
	}
	return self.Elem().Field(patternField).Elem(), true
}

// arm prepares a RegExp's machines for an interrupt. A machine that goja would make only while it
// matches is made now.
func (vm *VM) arm(call goja.FunctionCall) {
	pattern, ok := patternOf(call.This)
	if !ok {
		return
	}
	if !pattern.Field(goField).IsNil() && pattern.FieldByName("unicode").Bool() && strings.Contains(pattern.FieldByName("src").String(), "(?<") {
		// goja loses the names of groups when it matches a text that is not ASCII with Go's regexp
		// and the flag u.
		vm.compileOther(pattern)
		if !pattern.Field(otherField).IsNil() {
			internal(patternPointer(pattern), "regexpWrapper").SetZero()
		}
	}
	other := pattern.Field(otherField)
	if other.IsNil() {
		if s, ok := call.Argument(0).(goja.String); pattern.Field(goField).IsNil() ||
			(!ok || len(s.String()) == s.Length()) && beginsAtStart(call.This.(*goja.Object)) {
			return
		}
		vm.compileOther(pattern)
		other = pattern.Field(otherField)
	}
	rx := (*regexp2.Regexp)(other.Elem().Field(otherRegexp).UnsafePointer())
	if rx == vm.matches.last {
		return
	}
	vm.matches.last = rx
	key := weak.Make(rx)
	if _, ok := vm.matches.armed[key]; ok {
		return
	}
	for old := range vm.matches.armed {
		if old.Value() == nil {
			delete(vm.matches.armed, old)
		}
	}
	vm.matches.armed[key] = struct{}{}
	former := internal(rx, "runnerPool").Interface().(*sync.Pool).New
	internal(rx, "runnerPool").Set(reflect.ValueOf(&sync.Pool{New: func() any {
		runner := former().(*regexp2.Runner)
		vm.matches.add(runner)
		return runner
	}}))
}

// beginsAtStart reports whether a RegExp matches from the start of a text, without calling a
// script's function.
func beginsAtStart(regexp *goja.Object) bool {
	index := regexp.Get("lastIndex")
	switch index.(type) {
	case *goja.Object, *goja.Symbol:
		return false
	}
	return goja.IsBigInt(index) || toLength(index) == 0
}

// patternPointer returns a pattern for internal.
func patternPointer(pattern reflect.Value) any {
	return reflect.NewAt(pattern.Type(), pattern.Addr().UnsafePointer()).Interface()
}

// compileOther adds a regexp2 to a pattern that Go's regexp matches.
func (vm *VM) compileOther(pattern reflect.Value) {
	options := regexp2.ECMAScript
	for field, option := range map[string]regexp2.RegexOptions{
		"multiline": regexp2.Multiline, "dotAll": regexp2.Singleline, "ignoreCase": regexp2.IgnoreCase, "unicode": regexp2.Unicode,
	} {
		if pattern.FieldByName(field).Bool() {
			options |= option
		}
	}
	rx, err := regexp2.Compile(pattern.FieldByName("src").String(), options)
	if err != nil {
		return // goja reports the same error
	}
	field := internal(patternPointer(pattern), "regexp2Wrapper")
	wrapper := reflect.New(field.Type().Elem())
	internal(wrapper.Interface(), "rx").Set(reflect.ValueOf(rx))
	field.Set(wrapper)
}

func (m *matches) add(runner *regexp2.Runner) {
	m.Lock()
	defer m.Unlock()
	if len(m.runners) >= m.size {
		live := m.runners[:0]
		for _, r := range m.runners {
			if r.Value() != nil {
				live = append(live, r)
			}
		}
		m.runners = live
		m.size = max(64, 2*len(live))
	}
	m.runners = append(m.runners, weak.Make(runner))
}

// stopMatches ends matches again and again until done is closed, at most for limit if that is not
// 0. It reports whether done is closed.
func (vm *VM) stopMatches(done <-chan struct{}, limit time.Duration) bool {
	ticker := time.NewTicker(stopPeriod)
	defer ticker.Stop()
	var over <-chan time.Time
	if limit > 0 {
		over = time.After(limit)
	}
	for {
		vm.matches.stop()
		select {
		case <-done:
			return true
		case <-over:
			return false
		case <-ticker.C:
		}
	}
}

func (m *matches) stop() {
	m.Lock()
	defer m.Unlock()
	for _, r := range m.runners {
		if runner := r.Value(); runner != nil {
			v := reflect.ValueOf(runner).Elem()
			expire((*int64)(v.Field(runnerDeadline).Addr().UnsafePointer()), (*bool)(v.Field(runnerIgnore).Addr().UnsafePointer()))
		}
	}
}

// expire makes a machine's timeout expire. It writes while the machine reads: no value in between
// exists.
//
//go:norace
func expire(deadline *int64, ignore *bool) {
	*deadline = math.MinInt64
	*ignore = false
}

// initRegExp adds syntax that goja lacks to RegExp, and makes it interruptible.
func (vm *VM) initRegExp() {
	vm.matches.armed = map[weak.Pointer[regexp2.Regexp]]struct{}{}
	class := vm.global("RegExp")
	vm.patchRegExpClass(class)
	proto := class.Get("prototype").(*goja.Object)
	arming := func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			vm.arm(call)
			return next(call)
		}
	}
	vm.patchMethod(proto, "exec", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			vm.arm(call)
			return vm.withIndices(call, next(call))
		}
	})
	vm.patchMethod(proto, "test", arming)
	for _, symbol := range []*goja.Symbol{goja.SymMatch, goja.SymMatchAll, goja.SymReplace, goja.SymSearch, goja.SymSplit} {
		vm.patch(proto.GetSymbol(symbol).(*goja.Object), arming)
	}
}

// patchRegExpClass translates syntax that goja does not support when the class makes a RegExp.
func (vm *VM) patchRegExpClass(class *goja.Object) {
	field := internal(class, "self", "construct")
	construct := field.Interface().(constructFunc)
	patched := func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		source, flags, ok := vm.patternArguments(args)
		if !ok {
			return construct(args, newTarget)
		}
		if err := checkRegExp(source.String(), flags); err != nil {
			vm.throwSyntax(err)
		}
		known := strings.Map(func(r rune) rune {
			if r == 'v' || r == 'd' {
				return -1
			}
			return r
		}, flags)
		sets := strings.Contains(flags, "v")
		if sets && strings.Contains(flags, "u") || strings.Count(flags, "v") > 1 || strings.Count(flags, "d") > 1 {
			vm.throwSyntax(errFlags)
		}
		if sets {
			known += "u"
		}
		pattern := source.String()
		if strings.Contains(known, "u") {
			translated, err := translatePattern(pattern, sets)
			if err != nil {
				vm.throwSyntax(err)
			}
			pattern = translated
		}
		if pattern == source.String() && known == flags {
			return construct([]goja.Value{source, vm.rt.ToValue(flags)}, newTarget)
		}
		object := construct([]goja.Value{vm.rt.ToValue(pattern), vm.rt.ToValue(known)}, newTarget)
		internal(object, "self", "source").Set(reflect.ValueOf(source))
		if known != flags {
			rethrow(object.DefineDataPropertySymbol(regexpFlags, vm.rt.ToValue(flags), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
			internal(object, "self", "standard").SetBool(false) // so that methods of goja call exec
		}
		return object
	}
	field.Set(reflect.ValueOf(constructFunc(patched)))
	vm.patch(class, func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if _, ok := call.Argument(0).(*goja.Object); ok && goja.IsUndefined(call.Argument(1)) {
				return next(call) // may return the RegExp itself
			}
			return patched(call.Arguments, nil)
		}
	})
}

var errFlags = errors.New("invalid flags of a regular expression")

// hasNoLoneSurrogate reports whether a string is well-formed.
func hasNoLoneSurrogate(s goja.String) bool {
	length := s.Length()
	for i := 0; i < length; i++ {
		u := s.CharAt(i)
		if u < 0xd800 || u >= 0xe000 {
			continue
		}
		if u >= 0xdc00 || i+1 == length || s.CharAt(i+1) < 0xdc00 || s.CharAt(i+1) >= 0xe000 {
			return false
		}
		i++
	}
	return true
}

// patternArguments returns pattern and flags for a RegExp; ok is false if goja reports the error.
func (vm *VM) patternArguments(args []goja.Value) (source goja.String, flags string, ok bool) {
	if len(args) == 0 {
		return nil, "", false
	}
	given := goja.Value(goja.Undefined())
	if len(args) > 1 {
		given = args[1]
	}
	switch pattern := args[0].(type) {
	case goja.String:
		source = pattern
	case *goja.Object:
		if _, ok := patternOf(pattern); !ok {
			return nil, "", false
		}
		if isNullish(pattern.GetSymbol(regexpFlags)) && goja.IsUndefined(given) {
			return nil, "", false
		}
		source = internal(pattern, "self", "source").Interface().(goja.String)
		if goja.IsUndefined(given) {
			given = pattern.GetSymbol(regexpFlags)
		}
	default:
		return nil, "", false
	}
	if !hasNoLoneSurrogate(source) {
		return nil, "", false // with a lone surrogate, which a pattern in Go cannot contain
	}
	if !goja.IsUndefined(given) {
		flags = given.ToString().String()
	}
	return source, flags, true
}
