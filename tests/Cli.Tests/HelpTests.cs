using System.CommandLine;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Tests.Infrastructure;

namespace EarlyWarning.Cli.Tests;

public class HelpTests
{
    private const string Commands =
        "rank show explain history watch top breaches breach threshold frameworks framework indicators completion "
        + "observe import cases case acknowledge withdraw decide stand-down reopen inbox trace status info coinr export score "
        + "what-if uncertainty sensitivity choices compare rebase weights fit backtest operations operation";

    [Fact]
    public async Task Help_OfEveryCommand_HasDescriptionAndExample()
    {
        foreach (var path in PathsOf(new RootSymbols(), []))
        {
            var run = await Run.EwAsync([.. path, "--help"]);

            Assert.True(
                run.Code == 0 && run.Out.Contains("Example", StringComparison.Ordinal),
                $"ew {string.Join(' ', path)} --help: code {run.Code}\n{run.Out}"
            );
            Assert.Contains($"  ew {string.Join(' ', path)}".TrimEnd(), run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Help_OfTheWhole_ListsExitCodesAndCommands()
    {
        var run = await Run.EwAsync("--help");

        Assert.Contains("4    the import went through, but some rows were rejected", run.Out, StringComparison.Ordinal);
        foreach (var name in Commands.Split(' '))
        {
            Assert.Contains(run.Lines, line => line.StartsWith($"  {name}", StringComparison.Ordinal));
        }
    }

    /// <summary>Quotes are the shell's; what stands behind a semicolon or a pipe is another command.</summary>
    [Fact]
    public void Examples_OfEveryCommand_AreParsedWithoutAnError()
    {
        var root = new RootSymbols();
        foreach (var command in CommandsOf(root).OfType<EwCommand>())
        {
            foreach (var example in command.Examples)
            {
                var line = example.Replace("source <(", "", StringComparison.Ordinal).Split(['|', ';', '>', ')'])[0].Trim();
                Assert.StartsWith("ew ", line, StringComparison.Ordinal);
                var parse = root.Parse(System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(line[3..]).ToArray());
                Assert.True(parse.Errors.Count == 0, $"{example}: {string.Join(" ", parse.Errors.Select(error => error.Message))}");
            }
        }
    }

    private static IEnumerable<Command> CommandsOf(Command command) => command.Subcommands.SelectMany(CommandsOf).Prepend(command);

    private static IEnumerable<string[]> PathsOf(Command command, string[] path) =>
        command.Subcommands.SelectMany(sub => PathsOf(sub, [.. path, sub.Name])).Prepend(path);
}
