using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Queries;
using EarlyWarning.Risk.States;
using EarlyWarning.Store.Clocks;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Countries;

/// <summary>Tells the rankings of countries' new states. Thread-safe.</summary>
/// <param name="grains">Where the rankings are.</param>
/// <param name="messages">What they are told.</param>
/// <param name="clock">The time.</param>
/// <param name="every">The least time between two reports of one country.</param>
/// <param name="logger">Is told of what could not be told.</param>
internal sealed partial class RankingReports(
    IGrainFactory grains,
    RiskMessages messages,
    SuiteClock clock,
    TimeSpan every,
    ILogger<RankingReports> logger
)
{
    /// <summary>Waits until a country may report again.</summary>
    public Task PaceAsync(CancellationToken cancellationToken) => Task.Delay(every, clock, cancellationToken);

    /// <summary>Tells every ranking once; <see langword="false"/> where one was not told.</summary>
    public async Task<bool> TryTellAsync(CountryState state, bool faulty)
    {
        try
        {
            var at = Math.Max(clock.GetUtcNow().UtcTicks, state.Clock);
            foreach (
                var (id, risk) in state
                    .Frameworks.Select(framework => (framework.Active.Id, messages.Risk(state, framework, at, nodes: false, faulty)))
                    .ToArray()
            )
            {
                await grains.GetGrain<IRankingGrain>(id).ReportAsync(risk);
            }

            return true;
        }
#pragma warning disable CA1031 // A ranking that could not be told is told again until it can.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotTold(state.Country, exception);
            return false;
        }
    }

    [LoggerMessage(7061, LogLevel.Warning, "{Country}: a ranking was not told of a new state")]
    private partial void LogNotTold(string country, Exception exception);
}
