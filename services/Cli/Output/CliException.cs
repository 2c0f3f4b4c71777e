namespace EarlyWarning.Cli.Output;

/// <summary>Ends a command with one line for the user.</summary>
internal sealed class CliException(string message, int exitCode = ExitCode.Usage) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
