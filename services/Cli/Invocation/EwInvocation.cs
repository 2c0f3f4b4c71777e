using System.CommandLine;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Invocation;

/// <summary>How a command line is run: at which terminal.</summary>
internal sealed class EwInvocation : InvocationConfiguration
{
    public EwInvocation(Terminal terminal)
    {
        Terminal = terminal;
        (Output, Error) = (terminal.Out, terminal.Error);
        EnableDefaultExceptionHandler = false;
    }

    public Terminal Terminal { get; }
}
