using System.CommandLine;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew completion</c>.</summary>
internal static class CompletionCommand
{
    // Each asks `ew` itself for what may follow, so that it stays right as commands change.
    private const string Bash = """
        _ew() {
          local IFS=$'\n' line="${COMP_LINE#* }"
          local at=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
          COMPREPLY=($(compgen -W "$(ew "[suggest:$at]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _ew ew
        """;

    private const string Zsh = """
        #compdef ew
        _ew() {
          local line="${BUFFER#* }"
          local at=$((CURSOR - ${#BUFFER} + ${#line}))
          local -a found
          found=("${(@f)$(ew "[suggest:$at]" "$line" 2>/dev/null)}")
          compadd -- $found || _files
        }
        compdef _ew ew
        """;

    private const string Fish = """
        function __ew_complete
          set -l whole (commandline -b | string collect)
          set -l line (string replace -r '^\S+ ' '' -- $whole)
          set -l at (math (commandline -C) - (string length -- $whole) + (string length -- $line))
          ew "[suggest:$at]" $line 2>/dev/null
        end
        complete -c ew -a '(__ew_complete)'
        """;

    public static EwCommand Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        return new EwCommand(
            "completion",
            "Prints the script with which a shell completes ew's commands and options.",
            "source <(ew completion bash)",
            "ew completion fish > ~/.config/fish/completions/ew.fish"
        )
        {
            shell,
        }.Does(
            (parse, context, _) =>
            {
                context.Terminal.Out.WriteLine(
                    parse.GetRequiredValue(shell) switch
                    {
                        "bash" => Bash,
                        "zsh" => Zsh,
                        _ => Fish,
                    }
                );
                return Task.FromResult(ExitCode.Ok);
            }
        );
    }
}
