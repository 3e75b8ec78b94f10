"""待补环节: which gaps a school looks for and after how long (data), and which of them somebody has waived for a while."""
