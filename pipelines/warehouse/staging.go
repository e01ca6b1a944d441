package warehouse

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"wherry/config"
)

// Staging opens an empty database in memory in which extracts are read and checked, one of
// several that share the memory of l. What does not fit goes to folder, which the caller
// removes. The caller closes it.
func Staging(ctx context.Context, l config.Limits, several int, folder string) (*sql.DB, error) {
	set := offline()
	set.Set("temp_directory", folder)
	// The rows of one batch are written at once, and each delivery of it to one file.
	set.Set("partitioned_write_max_open_files", "1000")
	set.Set("partitioned_write_flush_threshold", strconv.Itoa(1<<30))
	if l.Memory != "" {
		var size float64
		var unit string
		if _, err := fmt.Sscanf(l.Memory, "%f%s", &size, &unit); err != nil {
			return nil, fmt.Errorf("reading limits.memory: %w", err)
		}
		l.Memory = fmt.Sprintf("%.3f%s", size/float64(several), unit)
	}
	return open(ctx, "", bounded(set, l))
}
