"""What the law makes of the votes of a data set: which rule holds, who is elected, which list gets which seat, in sentences."""
