package intake

import "fmt"

// Refusal is why a whole file was not loaded, and what its sender can do about it. It
// holds no value of a row.
type Refusal struct {
	Rule    string // what kind of fault: unknown_file, missing_header, ...
	Line    int64  // where it shows; 0 for the whole file
	Column  string
	Message string // "has no column reported_at"
	Hint    string
}

func (r *Refusal) Error() string { return r.Message }

// refuse is a Refusal of the whole file.
func refuse(rule, hint, message string, args ...any) *Refusal {
	return &Refusal{Rule: rule, Hint: hint, Message: fmt.Sprintf(message, args...)}
}
