package intake

// What a file may be at most. How many bytes, unpacked, and how many rows an extract may
// have is the partnership's to say (limits.extract_bytes, limits.extract_rows); these hold
// for every file, so that no file can make reading it cost more than its size is worth.
const (
	mostColumns  = 2_000   // of a file; no contract has a tenth of it
	topRows      = 12      // the header must be one of the first rows
	longestLine  = 1 << 20 // bytes of a line of text
	longestField = 1 << 16 // bytes of a value that are kept to be judged; the rest is cut
	joinedLines  = 20      // lines that one quoted field may run over
	joinedBytes  = 1 << 18 // bytes of them together

	mostExpansion  = 200      // times its size that a packed file may be, unpacked
	freeExpansion  = 64 << 20 // bytes up to which that is not asked
	mostMembers    = 10_000   // files named in a packed file
	mostSheets     = 250      // of a workbook
	mostSharedText = 512 << 20
	mostShared     = 16 << 20 // texts that a workbook's cells share
	mostMerges     = 100_000
	mostEntries    = 1_000   // of a list that are read to be judged
	deepestMarkup  = 64      // elements within elements
	longestTag     = 1 << 16 // bytes of one

	mostReasons = 100_000 // broken rules of one extract that are listed; one with more is not what its name says
)

// unpackedLimit is how many bytes may come out of a packed file of a size. most is the
// partnership's limit, 0 for none.
func unpackedLimit(size, most int64) int64 {
	limit := max(freeExpansion, size*mostExpansion)
	if most > 0 {
		limit = min(limit, most)
	}
	return limit
}

func tooLargeUnpacked(limit int64) *Refusal {
	return refuse("too_large", "split it, or send it unpacked; limits.extract_bytes can be raised",
		"is larger than %d bytes when unpacked, which is more than a file of its size may be", limit)
}

func tooManyRows(most int64) *Refusal {
	return refuse("too_large", "split it, or raise limits.extract_rows", "has more rows than the %d allowed", most)
}

func tooManyColumns(n int) *Refusal {
	return refuse("too_many_columns", "send the columns of the contract, and check what stands between them",
		"has %d columns, and no extract may have more than %d", n, mostColumns)
}
