package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

func completionCommand() *cli.Command {
	return &cli.Command{
		Name: "completion", Usage: "print a shell's completion script: bash, zsh or fish", ArgsUsage: "SHELL",
		Description: `Prints what makes the shell complete commands and flags. The Debian package has it installed already. Otherwise:

bash: source <(pgseal completion bash)

zsh: pgseal completion zsh > "${fpath[1]}/_pgseal"

fish: pgseal completion fish > ~/.config/fish/completions/pgseal.fish`,
		Action: func(c *cli.Context) error {
			shell, err := argument(c, "shell: bash, zsh or fish")
			if err != nil {
				return err
			}
			write := map[string]func(io.Writer, *reference){"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[shell]
			if write == nil {
				return usagef(c, "%q is not one of bash, zsh, fish", shell)
			}
			write(c.App.Writer, refer(c.App))
			return nil
		},
	}
}

// shellWords finds, in bash and in zsh, which command the words before the cursor name, and whether the last of them is a flag that takes what comes.
const shellWords = `    word=$%s
    if [[ -n $value ]]; then value=; continue; fi
    case "$path $word" in
%s    esac
`

// shellCases are the cases of that: a command is gone into, a flag waits for its value.
func shellCases(all *reference) string {
	var b strings.Builder
	all.walk(func(r *reference) {
		at := shellPath(r)
		if len(r.path) > 0 {
			fmt.Fprintf(&b, "    %s) path=\"$path $word\" ;;\n", quoted(at))
		}
		for _, f := range r.flags {
			if f.value != "" {
				fmt.Fprintf(&b, "    %s) value=%s ;;\n", quoted(at+" --"+f.name), fileOrElse(f.value))
			}
		}
	})
	return b.String()
}

func shellPath(r *reference) string {
	if len(r.path) == 0 {
		return ""
	}
	return " " + strings.Join(r.path, " ")
}

func fileOrElse(name string) string {
	if file(name) {
		return "file"
	}
	return "other"
}

// quoted is a word of any of the three shells.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'"'"'`) + "'" }

func bashCompletion(w io.Writer, all *reference) {
	fmt.Fprintf(w, "# bash completion for pgseal\n_pgseal() {\n  local cur=${COMP_WORDS[COMP_CWORD]} path= word value= i\n  COMPREPLY=()\n  for ((i = 1; i < COMP_CWORD; i++)); do\n")
	fmt.Fprintf(w, "    [[ ${COMP_WORDS[i]} != = ]] || continue # --flag=value is three words here\n    if ((i + 1 == COMP_CWORD)) && [[ $cur == = ]]; then cur=; fi\n")
	fmt.Fprintf(w, shellWords, "{COMP_WORDS[i]}", shellCases(all))
	fmt.Fprint(w, "  done\n  case $value in\n  file) mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); compopt -o filenames 2>/dev/null; return ;;\n  other) return ;;\n  esac\n  case \"$path\" in\n")
	all.walk(func(r *reference) {
		fmt.Fprintf(w, "  %s)\n    if [[ $cur == -* ]]; then mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\")\n", quoted(shellPath(r)), strings.Join(flagWords(r), " "))
		switch {
		case len(r.commands) > 0:
			fmt.Fprintf(w, "    else mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\")\n", strings.Join(commandWords(r), " "))
		case file(r.args):
			fmt.Fprint(w, "    else mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); compopt -o filenames 2>/dev/null\n")
		}
		fmt.Fprint(w, "    fi ;;\n")
	})
	fmt.Fprint(w, "  esac\n}\ncomplete -F _pgseal pgseal\n")
}

func flagWords(r *reference) (all []string) {
	for _, f := range r.flags {
		all = append(all, "--"+f.name)
	}
	return all
}

func commandWords(r *reference) (all []string) {
	for _, c := range r.commands {
		all = append(all, c.path[len(c.path)-1])
	}
	return all
}

func zshCompletion(w io.Writer, all *reference) {
	fmt.Fprint(w, "#compdef pgseal\n_pgseal() {\n  local path= word value= i\n  local -a commands flags\n  for ((i = 2; i < CURRENT; i++)); do\n")
	fmt.Fprintf(w, shellWords, "{words[i]}", shellCases(all))
	fmt.Fprint(w, "  done\n  case $value in\n  file) _files; return ;;\n  other) return ;;\n  esac\n  case \"$path\" in\n")
	all.walk(func(r *reference) {
		fmt.Fprintf(w, "  %s)\n", quoted(shellPath(r)))
		for _, c := range r.commands {
			fmt.Fprintf(w, "    commands+=(%s)\n", quoted(c.path[len(c.path)-1]+":"+c.usage))
		}
		for _, f := range r.flags {
			fmt.Fprintf(w, "    flags+=(%s)\n", quoted("--"+f.name+":"+f.usage))
		}
		if file(r.args) {
			fmt.Fprint(w, "    _files\n")
		}
		fmt.Fprint(w, "    ;;\n")
	})
	fmt.Fprint(w, "  esac\n  (($#commands == 0)) || _describe -t commands command commands\n  [[ $PREFIX != -* ]] || _describe -o -t flags flag flags\n}\n_pgseal \"$@\"\n")
}

func fishCompletion(w io.Writer, all *reference) {
	var paths []string
	all.walk(func(r *reference) { paths = append(paths, quoted(strings.TrimSpace(shellPath(r)))) })
	slices.Sort(paths)
	fmt.Fprintf(w, `# fish completion for pgseal
function __pgseal_at
    set -l at ''
    for word in (commandline -opc)[2..]
        set -l next (string trim -- "$at $word")
        if contains -- "$next" %s
            set at "$next"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c pgseal -f
`, strings.Join(paths, " "))
	all.walk(func(r *reference) {
		at := fmt.Sprintf("complete -c pgseal -n %s", quoted(`__pgseal_at "`+strings.TrimSpace(shellPath(r))+`"`))
		for _, c := range r.commands {
			fmt.Fprintf(w, "%s -a %s -d %s\n", at, c.path[len(c.path)-1], fishQuoted(c.usage))
		}
		for _, f := range r.flags {
			takes := ""
			if f.value != "" {
				takes = " -x"
				if file(f.value) {
					takes = " -r -F"
				}
			}
			fmt.Fprintf(w, "%s -l %s%s -d %s\n", at, f.name, takes, fishQuoted(f.usage))
		}
		if file(r.args) {
			fmt.Fprintf(w, "%s -F\n", at)
		}
	})
}

func fishQuoted(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
