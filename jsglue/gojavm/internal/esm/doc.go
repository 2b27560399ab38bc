// Package esm turns an ES module into code for an engine that has only scripts.
//
// The engine's parser knows neither import nor export. So [Scan] finds the
// declarations in the text and blanks them, character for character, which keeps
// every position. [Parse] makes a syntax tree of the rest, and [Module.Rewrite]
// makes of it a generator function: its first step instantiates the module (its
// functions exist, and it yields a getter for each export), its second evaluates
// it. Names that were imported become properties of the exporting module's
// environment, which keeps them live and read-only.
//
// Names that no script can write, such as "default" or "import", stand for what
// the engine gives the module, so that they never meet one of the script's.
package esm
