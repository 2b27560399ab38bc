package gojavm

import (
	"reflect"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
)

// initErrorClasses gives all errors a stack in QuickJS's format, and replaces texts of goja that do
// not explain the error.
func (vm *VM) initErrorClasses() {
	for _, name := range []string{"Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"} {
		class := vm.global(name)
		reword := rewording[name]
		field := internal(class, "self", "construct")
		construct := field.Interface().(constructFunc)
		made := func(args []goja.Value, newTarget *goja.Object, called int) *goja.Object {
			thrown := construct(args, newTarget)
			frames := internal(thrown, "self", "stack").Interface().([]goja.StackFrame)[called:]
			if reword != nil && len(args) == 1 && len(frames) > 0 {
				if message, ok := args[0].(goja.String); ok {
					if better := reword(vm, message.String(), &frames[0]); better != "" {
						vm.define(thrown, "message", vm.rt.ToValue(better))
					}
				}
			}
			internal(thrown, "self", "stackPropAdded").SetBool(true)
			vm.define(thrown, "stack", vm.rt.ToValue(stackText(vm.visible(frames))))
			return thrown
		}
		field.Set(reflect.ValueOf(constructFunc(func(args []goja.Value, newTarget *goja.Object) *goja.Object {
			return made(args, newTarget, 0)
		})))
		vm.patch(class, func(nativeFunc) nativeFunc {
			return func(call goja.FunctionCall) goja.Value { return made(call.Arguments, nil, 1) } // without the class's own frame
		})
	}
}

// rewording has, by class, a function that improves goja's text; it returns "" for other texts. f
// is the innermost frame.
var rewording = map[string]func(vm *VM, message string, f *goja.StackFrame) string{
	"SyntaxError": func(_ *VM, message string, _ *goja.StackFrame) string {
		if m := parserMessage().FindStringSubmatch(message); m != nil {
			return m[3] + " (" + evalName + ":" + m[1] + ":" + m[2] + ")"
		}
		if m := compilerMessage().FindStringSubmatch(message); m != nil {
			return m[1] + " (" + m[2] + ")"
		}
		return ""
	},
	"TypeError": func(vm *VM, message string, f *goja.StackFrame) string {
		switch {
		case strings.HasPrefix(message, "Could not convert &{"): // an address of Go
			return "cannot convert object to primitive value"
		case message == "Value is not a constructor":
			if name, isNew := calleeAt(f); isNew && name != "" {
				return name + " is not a constructor"
			}
			return "not a constructor"
		case strings.HasPrefix(message, "Object has no member '"), strings.HasPrefix(message, "Not a function: "):
			if name, isNew := calleeAt(f); !isNew && name != "" {
				return name + " is not a function"
			}
			return "not a function"
		case strings.HasPrefix(message, "Value is not an object: "):
			switch name, isNew := calleeAt(f); {
			case name == "":
			case isNew:
				if _, isClass := vm.rt.Get(name).(*goja.Object); isClass {
					return "" // the error concerns an argument of a built-in class
				}
				return name + " is not a constructor"
			default:
				return name + " is not a function"
			}
		}
		return ""
	},
}

var (
	parserMessage = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^SyntaxError: ` + evalName + `: Line (\d+):(\d+) (.*?)(?: \(and \d+ more errors\))?$`)
	})
	compilerMessage = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?s)^SyntaxError: (.*) at (` + evalName + `:\d+:\d+)$`)
	})
)

// calleeAt is the function that a frame calls, as it is named in the source, such as "zmq.socket":
// names with dots between them. It is "" if the frame calls nothing or an expression of another
// kind. isNew reports that the call is one of "new".
func calleeAt(f *goja.StackFrame) (name string, isNew bool) {
	at := placeOf(f)
	if at.program == nil {
		return "", false
	}
	instruction := callInstruction().FindStringSubmatch(instructionAt(at))
	if instruction == nil {
		return "", false
	}
	text := internal(at.program, "src").Interface().(*file.File).Source()
	places := internal(at.program, "srcMap")
	i := sort.Search(places.Len(), func(i int) bool { return int(places.Index(i).FieldByName("pc").Int()) > at.pc }) - 1
	if i < 0 {
		return "", false
	}
	offset := int(places.Index(i).FieldByName("srcPos").Int())
	if offset < 0 || offset >= len(text) {
		return "", false
	}
	rest, isNew := strings.CutPrefix(text[offset:], "new ")
	if isNew != (instruction[1] == "new") {
		return "", false // goja makes the error of an expression of constants by a "new" of its own
	}
	if isNew {
		return pathBefore(rest, pathEnd(rest, 0)), true
	}
	end := pathEnd(text, offset)
	if end == len(text) || !strings.ContainsRune("(`", rune(text[end])) && !strings.HasPrefix(text[end:], "?.(") {
		return "", false
	}
	return pathBefore(text, end), false
}

// instructionAt is goja's name of the instruction at a place.
func instructionAt(at place) string {
	code := internal(at.program, "code")
	if at.pc < 0 || at.pc >= code.Len() {
		return ""
	}
	return code.Index(at.pc).Elem().Type().Name()
}

var callInstruction = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^_?(call|callEval|new|superCall)(Variadic)?(Strict)?$`)
})

// pathEnd is where the names and dots end that stand at an offset.
func pathEnd(text string, offset int) int {
	for offset < len(text) && (isIdentifierPart(text[offset]) || text[offset] == '.' || text[offset] == '#') {
		offset++
	}
	return offset
}

// pathBefore returns the names with dots between them that end at an offset, or only the last one
// if they belong to another expression.
func pathBefore(text string, end int) string {
	start := end
	for start > 0 && (isIdentifierPart(text[start-1]) || strings.IndexByte(".#", text[start-1]) >= 0 || text[start-1] == '?' && start < end && text[start] == '.') {
		start--
	}
	name := text[start:end]
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "?.") {
		name = name[strings.LastIndexByte(name, '.')+1:] // of another expression
	}
	if name == "" || strings.IndexByte("0123456789", name[0]) >= 0 || name[len(name)-1] == '.' {
		return ""
	}
	return name
}
