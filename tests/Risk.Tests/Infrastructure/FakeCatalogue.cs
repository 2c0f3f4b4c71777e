using System.Collections.Frozen;
using EarlyWarning.Catalogue;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>A catalogue whose revisions a test writes.</summary>
internal sealed class FakeCatalogue : ICatalogue
{
    private readonly List<CatalogueSnapshot> _revisions = [CatalogueSnapshot.Empty];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _onItsWay;

    public CatalogueSnapshot Current
    {
        get
        {
            lock (_revisions)
            {
                return _onItsWay ? CatalogueSnapshot.Empty : _revisions[^1];
            }
        }
    }

    /// <summary>Just after a start: nothing is there yet, and everything arrives right after the next look at a past revision.</summary>
    public void ArriveInTheMiddle()
    {
        lock (_revisions)
        {
            _onItsWay = true;
        }
    }

    public async Task ChangedAsync(long revision, CancellationToken cancellationToken)
    {
        while (Current.Revision <= revision)
        {
            await _changed.Task.WaitAsync(cancellationToken);
        }
    }

    public CatalogueSnapshot At(long revision)
    {
        lock (_revisions)
        {
            if (_onItsWay)
            {
                _onItsWay = false;
                return CatalogueSnapshot.Empty;
            }

            return _revisions[(int)Math.Min(revision, _revisions.Count - 1)];
        }
    }

    public FakeCatalogue Put(ActiveFramework framework) =>
        Add(Current with { Frameworks = With(Current.Frameworks, framework.Id, framework) });

    public FakeCatalogue Put(V1.Threshold threshold) =>
        Add(Current with { Thresholds = With(Current.Thresholds, threshold.Name["thresholds/".Length..], threshold) });

    public FakeCatalogue Retire(string threshold, DateTimeOffset? time = null) =>
        Add(
            Current with
            {
                Thresholds = Current.Thresholds.Where(pair => pair.Key != threshold).ToFrozenDictionary(),
                Retired = With(Current.Retired, $"thresholds/{threshold}", new(time ?? DateTimeOffset.UtcNow, _revisions.Count)),
            }
        );

    public FakeCatalogue RetireFramework(string framework, DateTimeOffset? time = null)
    {
        var end = new Retirement(time ?? DateTimeOffset.UtcNow, _revisions.Count);
        var (watching, others) = (
            Current.Thresholds.Where(pair => pair.Value.Framework == $"frameworks/{framework}"),
            Current.Thresholds.Where(pair => pair.Value.Framework != $"frameworks/{framework}")
        );
        return Add(
            Current with
            {
                Frameworks = Current.Frameworks.Where(pair => pair.Key != framework).ToFrozenDictionary(),
                Thresholds = others.ToFrozenDictionary(),
                Retired = watching.Aggregate(With(Current.Retired, $"frameworks/{framework}", end), (retired, pair) =>
                    With(retired, pair.Value.Name, end)
                ),
            }
        );
    }

    private static FrozenDictionary<string, T> With<T>(FrozenDictionary<string, T> table, string key, T value) =>
        table.Where(pair => pair.Key != key).Append(new(key, value)).ToFrozenDictionary();

    private FakeCatalogue Add(CatalogueSnapshot snapshot)
    {
        lock (_revisions)
        {
            _revisions.Add(snapshot with { Revision = _revisions.Count });
        }

        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return this;
    }
}
