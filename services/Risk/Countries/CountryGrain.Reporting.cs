using EarlyWarning.Contracts.Countries;

namespace EarlyWarning.Risk.Countries;

/// <content>Tells the rankings of new states: the newest only, one report at a time.</content>
internal sealed partial class CountryGrain
{
    private bool _reporting;
    private bool _reportAgain;

    private void Report()
    {
        _reportAgain = true;
        if (!_reporting && !_stopping.IsCancellationRequested)
        {
            _reporting = true;
            ReportAllAsync().Ignore();
        }
    }

    private async Task ReportAllAsync()
    {
        try
        {
            while (_reportAgain)
            {
                await ShownAsync();
                if (_state is not { } state)
                {
                    return;
                }

                _reportAgain = !await TryReportAsync(state);
                await Task.Delay(parts.Options.ReportEvery, parts.Time, _stopping);
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

    /// <summary>Tells every ranking once. What comes meanwhile asks for another round by itself.</summary>
    private async Task<bool> TryReportAsync(CountryState state)
    {
        try
        {
            _reportAgain = false;
            var at = Math.Max(Now, state.Clock);
            foreach (
                var (id, risk) in state
                    .Frameworks.Select(framework =>
                        (framework.Active.Id, parts.Risks.Risk(state, framework, at, nodes: false, _fault is not null))
                    )
                    .ToArray()
            )
            {
                await GrainFactory.GetGrain<IRankingGrain>(id).ReportAsync(risk);
            }

            return !_reportAgain;
        }
#pragma warning disable CA1031 // A ranking that could not be told is told again until it can.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotReported(Country, exception);
            return false;
        }
    }
}
