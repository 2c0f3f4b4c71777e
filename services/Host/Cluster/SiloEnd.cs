namespace EarlyWarning.Host.Cluster;

/// <summary>
/// Ends the process where its silo cannot go on, mostly because the others have declared it dead while it stood still: what it holds in
/// memory is others' by now, and the store refuses what it would still write. Whoever started it starts it anew.
/// </summary>
internal sealed partial class SiloEnd(ILogger<SiloEnd> logger) : IFatalErrorHandler
{
    /// <summary>Told from a wrong command line, and from a clean end.</summary>
    public const int ExitCode = 75;

    /// <inheritdoc />
    public bool IsUnexpected(Exception exception) => true;

    /// <inheritdoc />
    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        LogEnded(context, exception);
        Console.Error.WriteLine(
            $"Early Warning: this process has left the suite's others, or was left by them, and ends: {context} Nothing that was "
                + $"acknowledged is lost. Start it anew."
        );
        Environment.Exit(ExitCode);
    }

    [LoggerMessage(9021, LogLevel.Critical, "This process's silo cannot go on, and the process ends: {Context}")]
    private partial void LogEnded(string? context, Exception? exception);
}
