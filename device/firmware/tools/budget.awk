# Reads `avr-size` of the program and the file that stack.awk wrote, prints a table, and fails over a budget.

function line(what, bytes, budget) {
  printf "%-28s %6d", what, bytes
  if (budget) printf " of %d (%d %%)", budget, 100 * bytes / budget
  printf "\n"
}

NR == 2 {
  flash = $1 + $2
  variables = $2 + $3
}

END {
  while ((getline row < stack_file) > 0) {
    split(row, field, " ")
    stack[field[1]] = field[2]
  }
  if (!flash || !stack["stack"]) {
    print "budget.awk: avr-size or stack.awk gave no numbers" > "/dev/stderr"
    exit 1
  }
  ram = variables + stack["stack"]
  line("flash", flash, flash_budget)
  line("RAM", ram, ram_budget)
  line("  variables", variables)
  line("  stack of the main program", stack["main"])
  line("  stack of an interrupt", stack["interrupt"])
  if (flash > flash_budget || ram > ram_budget) {
    print "over budget" > "/dev/stderr"
    exit 1
  }
}
