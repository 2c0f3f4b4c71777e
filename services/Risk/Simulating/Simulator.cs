using EarlyWarning.Risk.Countries;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Simulating;

/// <summary>Simulates how sure scores are, one country at a time in this silo, so that intake keeps the processors.</summary>
internal sealed class Simulator(RiskOptions options, RiskMetrics metrics) : IDisposable
{
    public const double Confidence = 0.9;
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>
    /// Whether there is anything to draw: a score with an error or a gap behind it. An exact and complete score has its interval already.
    /// </summary>
    public static bool IsNeeded(FrameworkState framework)
        => framework.Simulation is null && framework.Present.Interval(Confidence) is { StandardError: not 0 };

    /// <summary>
    /// Simulates a country under a framework as it is now. The seed is made of framework version, country and position, so that anyone can repeat it.
    /// </summary>
    public async Task<Simulation> RunAsync(FrameworkState framework, string country, long position, CancellationToken cancellationToken)
    {
        // A copy, because the country goes on meanwhile.
        var state = new ScoreState(framework.Compiled, framework.Unit);
        state.CopyFrom(framework.Present);
        var draws = new MonteCarloOptions
        {
            Seed = Seed.Of(framework.Active.Id, framework.Active.Version, country, position),
            Draws = options.SimulationDraws,
            Confidence = Confidence,
            Threads = 1,
        };
        await _one.WaitAsync(cancellationToken);
        try
        {
            var distribution = await Task.Run(() => MonteCarlo.Run(state, draws, cancellation: cancellationToken), cancellationToken);
            metrics.Simulations.Add(1);
            return new(position, distribution);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
