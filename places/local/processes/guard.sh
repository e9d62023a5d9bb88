# Ends the orphans of a runner that dies without stopping its pods (SIGKILL, a closed terminal).
# Reads "+ GROUP SIGNAL" and "- GROUP" from the runner. When the pipe ends, every group in the list gets its signal.
# It is a shell script, because a second Node would need 40 MB.
trap '' INT TERM HUP
groups=''
while read -r change group signal; do
  kept=''
  for entry in $groups; do [ "${entry%%:*}" = "$group" ] || kept="$kept $entry"; done
  groups=$kept
  [ "$change" = - ] || groups="$groups $group:$signal"
done
for entry in $groups; do kill -s "${entry#*:}" -- -"${entry%%:*}" 2>/dev/null; done
exit 0
