# Part of hooks/pre-commit, which sets `program` and `candidates`, and has functions that ask git.
#
# The program leaves a note of what passed when that rests on git's index, on the package, and on nothing else than what is
# looked at here. src/check/pass-note.ts writes it and says when there is one.

note=.git/ecs-guard/passed
line_feed='
'
tab='	'

# Whether exactly what is staged has passed before. Anything that is not as it was is to be judged.
passed_before() {
  [ -f "$note" ] && [ -r "$note" ] && [ -z "${GIT_WORK_TREE-}" ] || return 1
  # What bash says about bytes that are no text is not for the user.
  { text=$(cat "$note"); } 2>/dev/null || return 1
  # Behind a line about the note itself, all of it stands twice, which shows damage.
  text=${text#*"$line_feed"}
  conditions=${text%%"$line_feed":*}
  same=$conditions$line_feed$candidates${line_feed}policies:
  case $text in
    "$same"*) ;;
    *) return 1 ;;
  esac
  policy_files=$(list_policy_files) || return 1
  same=$same$policy_files
  [ "$text" = "$same$line_feed$same" ] || return 1
  # The second line of the program names the build, to which the built-in rules belong.
  { read -r build && read -r build; } <"$program" || return 1
  # Patterns have to stand for names, whatever the shell was started with.
  set +f
  message=
  while IFS= read -r line; do
    case $line in
      "$build") ;;
      'says '*) message=${line#says } ;;
      'settings in '*) knows_settings_in "${line#settings in }" || return 1 ;;
      'rules below '*) knows_rules_below "${line#rules below }" || return 1 ;;
      *) return 1 ;;
    esac
  done <<EOF
$conditions
EOF
  if [ -n "$message" ] && [ -t 1 ]; then
    printf '%s\n' "$message"
  fi
}

# Whether a file on disk, if there is one, is in the index, whose contents count and not those on disk.
is_known() {
  [ ! -e "$1" ] && [ ! -h "$1" ] && return
  case $policy_files$line_feed in
    *"$tab$1$line_feed"*) ;;
    *) return 1 ;;
  esac
}

# $1 is empty, or ends with a slash. It may be a folder of the index that is not on disk, but neither a link nor secret.
knows_settings_in() {
  [ ! -h "${1%/}" ] && { [ ! -e "${1:-.}" ] || [ -x "${1:-.}" ]; } &&
    is_known "$1.ecs-guardrc.json" && is_known "$1.ecs-guardrc.yaml" &&
    is_known "$1.ecs-guardrc.yml" && is_known "$1package.json"
}

# A link may lead anywhere.
knows_rules_below() {
  [ -d "$1" ] && [ -r "$1" ] && [ -x "$1" ] || return 1
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    if [ -h "$entry" ]; then
      return 1
    elif [ -d "$entry" ]; then
      knows_rules_below "$entry" || return 1
    else
      case $entry in
        *.guard | *.ruleset) is_known "$entry" || return 1 ;;
      esac
    fi
  done
}
