namespace EarlyWarning.Risk.Countries;

/// <summary>
/// Tells the rankings of one country's states, the newest only, one report at a time and with a pause between. Not thread-safe.
/// </summary>
/// <param name="tell">Tells of the state as it is on the disk now; <see langword="false"/> to be called again.</param>
/// <param name="pace">Pauses.</param>
/// <param name="cancellationToken">Ends it: the next activation reports.</param>
internal sealed class RankingReporter(Func<Task<bool>> tell, Func<CancellationToken, Task> pace, CancellationToken cancellationToken)
{
    private bool _reporting;
    private bool _again;

    /// <summary>There is a new state.</summary>
    public void Report()
    {
        _again = true;
        if (!_reporting && !cancellationToken.IsCancellationRequested)
        {
            _reporting = true;
            ReportAllAsync().Ignore();
        }
    }

    private async Task ReportAllAsync()
    {
        try
        {
            while (_again)
            {
                // What comes while this one is told asks for another by itself.
                _again = false;
                var told = await tell();
                _again |= !told;
                await pace(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The next activation reports.
        }
        finally
        {
            _reporting = false;
        }
    }
}
