using System.CommandLine;
using System.CommandLine.Invocation;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli;

/// <summary>Runs a command line of <c>ew</c>.</summary>
public static class Ew
{
    /// <summary>Runs it and gives the exit code; nothing but the code comes out of it, whatever goes wrong.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        var parse = new RootSymbols().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Action is ParseErrorAction || (parse.Action is null && parse.Errors.Count > 0))
        {
            var what = parse.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not known here." : parse.Errors[0].Message;
            terminal.Complain($"ew: {what} See `{PathOf(parse.CommandResult)} --help`.");
            return ExitCode.Usage;
        }

        try
        {
            return await parse.InvokeAsync(new EwInvocation(terminal), cancellation);
        }
        catch (CliException error)
        {
            terminal.Complain($"ew: {error.Message}");
            return error.ExitCode;
        }
        catch (OperationCanceledException)
        {
            terminal.Complain("ew: broken off.");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            terminal.Complain($"ew: {error.Message}");
            return ExitCode.Usage;
        }
        catch (Exception error) when (IsHidden(terminal))
        {
            terminal.Complain(
                $"ew: a mistake of this program: {error.Message} ({error.GetType().Name}). EW_DEBUG=1 shows where; please report it."
            );
            return ExitCode.Failed;
        }
    }

    // A stack trace helps only those who look for our mistake.
    private static bool IsHidden(Terminal terminal) => string.IsNullOrEmpty(terminal.Environment("EW_DEBUG"));

    private static string PathOf(System.CommandLine.Parsing.CommandResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "ew";
}
