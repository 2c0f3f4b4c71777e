using System.Collections.Frozen;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Contracts.Catalogue;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>A catalogue and countries that a test writes down: what fake grains answer from.</summary>
public sealed partial class World : ICatalogue
{
    private readonly Lock _lock = new();
    private readonly List<CatalogueSnapshot> _revisions = [CatalogueSnapshot.Empty];
    private readonly SortedDictionary<string, List<Seen>> _seen = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Is released each time that somebody waits for a revision.</summary>
    public SemaphoreSlim Waiting { get; } = new(0);

    /// <summary>Until it completes, no country answers with values.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>How often a country was asked for values.</summary>
    public int Asked { get; private set; }

    public CatalogueSnapshot Current
    {
        get
        {
            lock (_lock)
            {
                return _revisions[^1];
            }
        }
    }

    public IReadOnlyList<string> Countries
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen.Keys];
            }
        }
    }

    public CatalogueSnapshot At(long revision)
    {
        lock (_lock)
        {
            return _revisions[(int)Math.Min(revision, _revisions.Count - 1)];
        }
    }

    public async Task ChangedAsync(long revision, CancellationToken cancellationToken)
    {
        while (Current.Revision <= revision)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (Current.Revision <= revision)
            {
                await changed.WaitAsync(cancellationToken);
            }
        }
    }

    public World Put(params V1.Indicator[] indicators) =>
        Next(Current with { Indicators = With(Current.Indicators, indicators.Select(indicator => (indicator.Code, indicator))) });

    public World Put(V1.Threshold threshold) =>
        Next(Current with { Thresholds = With(Current.Thresholds, [(threshold.Name["thresholds/".Length..], threshold)]) });

    /// <summary>Adds a framework's next version, or says what is wrong with it.</summary>
    public CatalogueChange Create(V1.Framework framework, bool validateOnly)
    {
        var id = ResourceForm.FrameworkIdOf(framework.Name);
        var version = (Current.Frameworks.GetValueOrDefault(id)?.Version ?? 0) + 1;
        var kept = framework.Clone();
        kept.Name = $"frameworks/{id}/versions/{version}";
        if (!FrameworkModels.TryCompile(kept, version, Current.Indicators.GetValueOrDefault, out var compiled, out var faults))
        {
            return new(Current.Revision, [], null, null, faults);
        }

        if (!validateOnly)
        {
            Next(Current with { Frameworks = With(Current.Frameworks, [(id, new ActiveFramework(id, version, kept, compiled))]) });
        }

        return new(Current.Revision, [], kept, null, []);
    }

    public World Put(V1.Framework framework)
    {
        Assert.Empty(Create(framework, false).Faults);
        return this;
    }

    /// <summary>Retires a framework.</summary>
    public World Retire(string framework) =>
        Next(
            Current with
            {
                Frameworks = Current.Frameworks.Where(pair => pair.Key != framework).ToFrozenDictionary(StringComparer.Ordinal),
                Retired = With(Current.Retired, [($"frameworks/{framework}", new Retirement(Samples.Now, Current.Revision + 1))]),
            }
        );

    /// <summary>Records a value.</summary>
    public World See(
        string country,
        string indicator,
        double value,
        DateTimeOffset? observed = null,
        DateTimeOffset? known = null,
        double? error = 0
    )
    {
        TaskCompletionSource recorded;
        lock (_lock)
        {
            var at = observed ?? Samples.Start;
            if (!_seen.TryGetValue(country, out var seen))
            {
                _seen[country] = seen = [];
            }

            seen.Add(new(indicator, value, error, at, known ?? at));
            (recorded, _recorded) = (_recorded, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        recorded.SetResult();
        return this;
    }

    /// <summary>How much of a country is recorded: its revision.</summary>
    public long RevisionOf(string country)
    {
        lock (_lock)
        {
            return _seen.GetValueOrDefault(country)?.Count ?? 0;
        }
    }

    /// <summary>Waits for a revision, at most for a time.</summary>
    public async Task<long> ReachAsync(string country, long revision, TimeSpan patience)
    {
        using var ending = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
        while (!ending.IsCancellationRequested)
        {
            Task recorded;
            lock (_lock)
            {
                recorded = _recorded.Task;
            }

            if (RevisionOf(country) >= revision)
            {
                break;
            }

            Waiting.Release();
            await recorded.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return RevisionOf(country);
    }

    private World Next(CatalogueSnapshot snapshot)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _revisions.Add(snapshot with { Revision = _revisions.Count });
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
        return this;
    }

    private static FrozenDictionary<string, T> With<T>(FrozenDictionary<string, T> table, IEnumerable<(string Key, T Value)> added)
    {
        var copy = table.ToDictionary();
        foreach (var (key, value) in added)
        {
            copy[key] = value;
        }

        return copy.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed record Seen(string Indicator, double Value, double? Error, DateTimeOffset Observed, DateTimeOffset Known);
}
