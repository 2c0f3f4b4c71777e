using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Invocation;

/// <summary>What one run of a command works with.</summary>
internal sealed record CommandContext(SuiteConnection Suite, ConnectionSettings Settings, Printer Print, Terminal Terminal)
{
    /// <summary>Prints one answer: as proto JSON, or as the command words it.</summary>
    public int Show<T>(T message, Action<T> word)
        where T : Google.Protobuf.IMessage
    {
        if (Print.Json)
        {
            Print.Object(message);
        }
        else
        {
            word(message);
        }

        return ExitCode.Ok;
    }
}
