# Part of hooks/pre-commit, which sets `program`, `candidates` and `viewer`, and has functions that ask git.
#
# The program leaves a note of what it said when that rests on git's index, on the package, and on nothing else than what is
# looked at here. src/check/outcome-note.ts writes it and says when there is one, and what it is called.

line_feed='
'
tab='	'
# The record separator of ASCII, a raw byte 0x1E, which is in no text that is printed.
separator=''

# Says again what was said if exactly this was judged before, and sets `verdict` to the exit code. Fails if anything is not as it
# was, and is to be judged.
tell_again() {
  first=${candidates%%"$line_feed"*}
  id=${first#:* * * }
  note=.git/ecs-guard/outcome-${id%"${id#?}"}
  [ -f "$note" ] && [ -r "$note" ] && [ -z "${GIT_WORK_TREE-}" ] && [ "${GIT_DIR-.git}" = .git ] || return 1
  # Of a merge only a part is judged. Of one that does not stop there is no file yet, but the variable by which git names what
  # it is doing.
  [ ! -e .git/MERGE_HEAD ] && [ -z "${GIT_REFLOG_ACTION-}" ] || return 1
  # Most commits are new. The second line of the note shows it, and reading it takes less time than starting `cat`.
  { read -r line && IFS= read -r line; } <"$note" || return 1
  case $line in
    "$separator$first"*) ;;
    *) return 1 ;;
  esac
  # What bash says about bytes that are no text is not for the user.
  { text=$(cat "$note"); } 2>/dev/null || return 1
  # Behind a line about the note itself there are six fields. To split a long text takes shells less time than to search it.
  set -f
  IFS=$separator
  set -- ${text#*"$separator"}
  IFS=" $tab$line_feed"
  # They stand twice, which shows damage.
  [ $# = 12 ] && [ "$1" = "$candidates" ] &&
    [ "$1" = "$7" ] && [ "$2" = "$8" ] && [ "$3" = "$9" ] &&
    [ "$4" = "${10}" ] && [ "$5" = "${11}" ] && [ "$6" = "${12}" ] || return 1
  policy_files=$(list_policy_files) || return 1
  [ "$3" = "$policy_files" ] || return 1
  # The second line of the program names the build, to which the built-in rules belong.
  { read -r build && read -r build; } <"$program" || return 1
  # Patterns have to stand for names from here on.
  set +f
  conditions=$line_feed$2
  paths=
  ids=
  while IFS= read -r line; do
    case $line in
      "$build" | "viewer $viewer") ;;
      'on disk '*)
        path=${line#on disk }
        ids=$ids${path##*"$tab"}$line_feed
        path=${path%"$tab"*}
        # Git would wait for what comes out of a pipe.
        [ -f "$path" ] || return 1
        paths=$paths$path$line_feed
        ;;
      'way through '*) is_plain_folder "${line#way through }" || return 1 ;;
      'settings in '*) knows_settings_in "${line#settings in }" || return 1 ;;
      'rules below '*) knows_rules_below "${line#rules below }" || return 1 ;;
      *) return 1 ;;
    esac
  done <<EOF
$2
EOF
  if [ -n "$paths" ]; then
    now=$(printf '%s' "$paths" | ask hash-object --no-filters --stdin-paths 2>/dev/null) || return 1
    [ "$ids" = "$now$line_feed" ] || return 1
  fi
  verdict=$6
  # Where nobody reads, or nothing can be written, the program does what is right. Without standard error zsh would end.
  trap '' PIPE
  [ -z "$4" ] || printf '%s\n' "$4" 2>/dev/null || return 1
  [ -z "$5" ] || (printf '%s\n' "$5" >&2) || :
}

# Whether a file on disk, if there is one, is in the index, whose contents count and not those on disk, or in the note.
is_known() {
  [ ! -e "$1" ] && [ ! -h "$1" ] && return
  case $policy_files$line_feed in
    *"$tab$1$line_feed"*) return 0 ;;
  esac
  case $conditions in
    *"${line_feed}on disk $1$tab"*) ;;
    *) return 1 ;;
  esac
}

# $1 is empty, or ends with a slash. It may be a folder of the index that is not on disk, but neither a link nor secret.
is_plain_folder() {
  [ ! -h "${1%/}" ] && { [ ! -e "${1:-.}" ] || [ -x "${1:-.}" ]; }
}

knows_settings_in() {
  is_plain_folder "$1" &&
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
