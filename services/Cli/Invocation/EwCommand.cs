using System.CommandLine;
using EarlyWarning.Cli.Connection;
using Grpc.Core;

namespace EarlyWarning.Cli.Invocation;

/// <summary>A command that asks the suite: opens the way to it, and turns whatever goes wrong into one line and an exit code.</summary>
internal sealed class EwCommand(string name, string description, params string[] examples) : Command(name, description)
{
    private TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Command lines that the help shows.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What the help says beyond the one line.</summary>
    public string Details { get; private set; } = "";

    public EwCommand Explained(string details)
    {
        Details = details;
        return this;
    }

    /// <summary>Takes another name for the same.</summary>
    public EwCommand Also(string alias)
    {
        Aliases.Add(alias);
        return this;
    }

    /// <summary>Gives one question ten minutes where the user names no other time: the suite computes long.</summary>
    public EwCommand TakesLong()
    {
        _patience = TimeSpan.FromMinutes(10);
        return this;
    }

    public EwCommand Does(Func<ParseResult, CommandContext, CancellationToken, Task<int>> act)
    {
        SetAction((parse, cancellation) => RunAsync(parse, _patience, act, cancellation));
        return this;
    }

    private static async Task<int> RunAsync(
        ParseResult parse,
        TimeSpan patience,
        Func<ParseResult, CommandContext, CancellationToken, Task<int>> act,
        CancellationToken cancellation
    )
    {
        var terminal = ((EwInvocation)parse.InvocationConfiguration).Terminal;
        var settings = ConnectionSettings.From(parse, terminal, patience);
        using var suite = new SuiteConnection(settings, terminal.Time);
        try
        {
            return await act(parse, new(suite, settings, new(terminal, settings.Json), terminal), cancellation);
        }
        catch (RpcException error) when (cancellation.IsCancellationRequested && error.StatusCode == StatusCode.Cancelled)
        {
            throw new OperationCanceledException(error.Message, error, cancellation);
        }
        catch (RpcException error)
        {
            throw Failure.Of(error, settings);
        }
    }
}
