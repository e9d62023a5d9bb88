# Ends what the runner leaves behind when it dies without stopping its pods (SIGKILL, a closed terminal).
# Reads "+ GROUP SIGNAL" and "- GROUP" from the runner; when the pipe ends, every group still listed gets its signal.
# A shell script, because a second Node would cost 40 MB.
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
