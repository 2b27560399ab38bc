package gojavm

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

// A frame is a call in a stack.
type frame struct {
	function, file string
	line, column   int  // from 1; 0 in a built-in function
	generated      bool // it belongs to no code of the script
}

func (f frame) String() string {
	if f.line == 0 {
		return f.function + " (native)"
	}
	place := fmt.Sprintf("%s:%d:%d", f.file, f.line, f.column)
	if f.function != "" {
		return f.function + " (" + place + ")"
	}
	return place
}

// maxStackFrames is the maximum of frames in a stack.
const maxStackFrames = 100

// visible returns the frames of the script, the innermost first: without generated code, and
// without the built-in functions that generated code calls.
func (vm *VM) visible(stack []goja.StackFrame) []frame {
	if len(stack) > 1 && sameCall(&stack[0], &stack[1]) {
		stack = stack[1:] // eval has a frame of its own for a source with an error
	}
	var frames []frame
	calledBy := 0 // the frames from here on are built-in functions whose caller comes next
	for i := range stack {
		f := vm.frameOf(&stack[i])
		if f.line == 0 && f.function != bottomFrame {
			frames = append(frames, f)
			continue
		}
		if f.generated {
			if f.line > 0 {
				frames = frames[:calledBy]
			}
		} else {
			frames = append(frames, f)
		}
		calledBy = len(frames)
		if calledBy >= maxStackFrames {
			return frames[:maxStackFrames]
		}
	}
	return frames
}

// stackText is the property "stack" of an error, in QuickJS's format.
func stackText(frames []frame) string {
	var b strings.Builder
	for _, f := range frames {
		b.WriteString("    at ")
		b.WriteString(f.String())
		b.WriteByte('\n')
	}
	return b.String()
}

// place is a place in a program.
type place struct {
	program *goja.Program
	pc      int
}

func placeOf(f *goja.StackFrame) place {
	program, _ := internal(f, "prg").Interface().(*goja.Program)
	return place{program, int(internal(f, "pc").Int())}
}

func sameCall(a, b *goja.StackFrame) bool {
	at := placeOf(a)
	return at.program != nil && at == placeOf(b)
}

// maxPlaces is the maximum of places whose position in a source is cached.
const maxPlaces = 4096

func (vm *VM) frameOf(f *goja.StackFrame) frame {
	at := placeOf(f)
	if at.program == nil {
		name := f.FuncName()
		if name == "<native>" {
			name = "<anonymous>"
		}
		return frame{function: name, generated: name == bottomFrame}
	}
	if known, ok := vm.places[at]; ok {
		return known
	}
	position := f.Position()
	made := frame{function: f.FuncName(), file: unescapeName(position.Filename), line: max(position.Line, 1), column: position.Column}
	if made.function == "<anonymous>" {
		made.function = ""
	}
	if made.file == "" {
		made.file = evalName
	}
	made.generated = strings.HasSuffix(made.file, bundleName)
	if vm.places == nil || len(vm.places) >= maxPlaces {
		vm.places = map[place]frame{}
	}
	vm.places[at] = made
	return made
}

// stackLine is a line of a stack: "    at f (file.js:3:9)".
var stackLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*at (?:(.*) \()?(.*?):(\d+):(\d+)\)?$`)
})

// parseStack reads an error's property "stack", which the script may have changed.
func parseStack(stack string) (frames []frame) {
	for text := range strings.SplitSeq(stack, "\n") {
		if m := stackLine().FindStringSubmatch(text); m != nil {
			line, _ := strconv.Atoi(m[3])
			column, _ := strconv.Atoi(m[4])
			frames = append(frames, frame{function: m[1], file: m[2], line: line, column: column})
		} else if rest, ok := strings.CutPrefix(strings.TrimSpace(text), "at "); ok {
			frames = append(frames, frame{function: strings.TrimSuffix(rest, " (native)")})
		}
	}
	return frames
}
