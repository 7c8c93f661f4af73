"""What people typed into the workbook, read back: what stands there less what was written."""
