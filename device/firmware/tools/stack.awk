# Reads `avr-objdump -d` of a whole program and prints the most bytes its stack can take:
#
#     main BYTES      the deepest chain of calls from main, with the return address into the start-up code
#     interrupt BYTES the deepest interrupt, with the address it returns to
#     stack BYTES     their sum: interrupts do not nest
#
# A function takes what it pushes, its frame, and 2 bytes for the return address of what it calls. What cannot be added
# up is an error: recursion, calls through a pointer, an interrupt that lets others in.

function fail(text) {
  print "stack.awk: " text > "/dev/stderr"
  failed = 1
  exit 1
}

# The name in the <...> of a line, empty if it points into the middle of a function.
function target(line) {
  if (!match(line, /<[^>]*>/)) return ""
  line = substr(line, RSTART + 1, RLENGTH - 2)
  return line ~ /\+0x/ ? "" : line
}

# The number after the comma of an operand, such as 41 in `r28, 0x29`.
function number(operand,   digits, value, at) {
  match(operand, /0x[0-9a-fA-F]+/)
  digits = tolower(substr(operand, RSTART + 2, RLENGTH - 2))
  for (at = 1; at <= length(digits); at++) value = 16 * value + index("0123456789abcdef", substr(digits, at, 1)) - 1
  return value
}

function add_call(callee, bytes) {
  if (callee == "") return
  calls[name] = calls[name] callee " " bytes " "
}

/^[0-9a-f]+ <.*>:$/ {
  name = substr($2, 2, length($2) - 3)
  own[name] = 0
  next
}

{
  split($0, part, "\t")
  op = part[3]
  operand = part[4]
}

op == "push" { own[name] += 1 }
op == "rcall" && operand ~ /^\.\+0[ \t]*$/ { own[name] += 2; next }
op == "rcall" || op == "call" { add_call(target($0), 2) }
op == "rjmp" || op == "jmp" { if (target($0) != name) add_call(target($0), 0) }
op == "icall" || op == "eicall" { fail(name " calls through a pointer") }
op == "sei" && name ~ /^__vector_/ { fail(name " lets other interrupts in") }

# A frame: the stack pointer is read into Y, and Y is lowered.
op == "in" && operand ~ /^r29, 0x3e/ { lowering = 1; next }
lowering && op == "sbiw" && operand ~ /^r28/ { own[name] += number(operand) }
lowering && op == "subi" && operand ~ /^r28/ { low = number(operand) }
lowering && op == "sbci" && operand ~ /^r29/ { own[name] += low + 256 * number(operand) }
op == "out" && operand ~ /^0x3d, r28/ { lowering = 0 }

function depth(function_name,   list, count, at, deepest, below) {
  if (function_name in known) return known[function_name]
  if (function_name in open) fail(function_name " calls itself")
  open[function_name] = 1
  count = split(calls[function_name], list, " ")
  deepest = 0
  for (at = 1; at < count; at += 2) {
    below = depth(list[at]) + list[at + 1]
    if (below > deepest) deepest = below
  }
  delete open[function_name]
  return known[function_name] = own[function_name] + deepest
}

END {
  if (failed) exit 1
  if (!("main" in own)) fail("there is no main")
  main_bytes = depth("main") + 2
  interrupt_bytes = 0
  for (name in own) {
    if (name !~ /^__vector_[0-9]+$/) continue
    below = depth(name) + 2
    if (below > interrupt_bytes) interrupt_bytes = below
  }
  print "main", main_bytes
  print "interrupt", interrupt_bytes
  print "stack", main_bytes + interrupt_bytes
}
