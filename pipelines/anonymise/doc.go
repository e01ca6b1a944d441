// Package anonymise is what an agency runs on its own machine before it sends anything. It
// turns a statutory return as the case system wrote it into extracts of the feeds
// csc_contact_referral and csc_assessment, one file for each month:
//
//  1. the return is read: a Children in Need census (XML, schemas of 2022 to 2026) or an
//     Ofsted Annex A workbook;
//  2. identifiers become keyed pseudonyms, HMAC-SHA256(key, domain || 0x00 || identifier);
//  3. of everything else only dates of events and codes of known form are kept. Names, teams,
//     workers, pupil numbers, dates of birth, sex, ethnicity and all text are left out;
//  4. rows are sorted, so that the order of the return is not kept either.
//
// Neither feed has an age, so a date of birth is only used to tell that a child is unborn.
// The agreed pseudonym of an unborn child is the mother's with the expected month; neither
// return names the mother, so an unborn child has a pseudonym of its own here, and cannot be
// linked to the mother's records by it. Columns that a return does not have are left blank.
//
// Extract does the same for a file of rows and any contract; see there.
//
// Whoever holds the key can link pseudonyms back to children: the output is still personal
// data. The key stays at the agency, and is never read by any other part of Wherry.
package anonymise
