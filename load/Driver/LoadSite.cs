using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Catalogue;
using EarlyWarning.Driver.Partners;
using EarlyWarning.Driver.Reconciling;
using EarlyWarning.Driver.Suites;
using EarlyWarning.Driver.Targets;

namespace EarlyWarning.Driver;

/// <summary>A target on which a scenario can be run: what it scores is defined, and who reports is known.</summary>
internal sealed class LoadSite : IAsyncDisposable
{
    private LoadSite(ITarget target, IReadOnlyList<string> countries, int indicators)
    {
        Target = target;
        Started = DateTimeOffset.UtcNow;
        Bench = new($"r{Started.UtcTicks:x}", target.Callers, countries, indicators, new Answers(), target.Warnings);
        Reconciliation = new(target.Administrator.Suite, target.IsOwn);
    }

    public ITarget Target { get; }

    public DateTimeOffset Started { get; }

    public Workbench Bench { get; }

    public Reconciliation Reconciliation { get; }

    /// <summary>Starts a suite, or connects to one that runs, and defines what the scenario needs.</summary>
    public static async Task<LoadSite> OpenAsync(RunSettings settings, CancellationToken cancellationToken)
    {
        ITarget target =
            settings.Endpoints.Count > 0
                ? new OutsideTarget(settings.Endpoints, settings.Keys, settings.Authority, settings.Processes)
                : await SuiteTarget.StartAsync(settings.PostgreSql, settings.Rest, cancellationToken);
        try
        {
            var (suite, scenario) = (target.Administrator.Suite, settings.Scenario);
            await LoadFramework.DefineAsync(suite, scenario.Indicators, cancellationToken);
            await WarningFramework.DefineAsync(suite, cancellationToken);
            var nations = await Nations.ListAsync(suite, cancellationToken);
            var countries = scenario.Countries > 0 ? nations[..Math.Min(nations.Length, scenario.Countries)] : nations;
            return new(target, countries, scenario.Indicators);
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Target.DisposeAsync();
}
