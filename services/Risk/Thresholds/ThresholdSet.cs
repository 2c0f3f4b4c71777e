using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Scores;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>The thresholds that watch one country, by id, and the breaches that a change of the catalogue has ended.</summary>
internal sealed class ThresholdSet(string country)
{
    private readonly List<WatchedThreshold> _ending = [];

    public List<WatchedThreshold> Watched { get; } = [];

    /// <summary>Firing under a definition that no longer holds, until that is decided.</summary>
    public IReadOnlyList<WatchedThreshold> Ending => _ending;

    /// <summary>
    /// Takes over a new catalogue: unchanged thresholds go on, edited ones start anew, and what fired under an edited one ends.
    /// </summary>
    public void Adopt(CatalogueSnapshot catalogue, IReadOnlyList<FrameworkState> frameworks)
    {
        var earlier = Watched.ToDictionary(threshold => threshold.Id, StringComparer.Ordinal);
        Watched.Clear();
        foreach (var (id, definition) in catalogue.Thresholds.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (
                definition.Disabled
                || (definition.Countries.Count > 0 && !definition.Countries.Contains(country))
                || Find(frameworks, definition.Framework) is not { } framework
                || Target.Find(framework.Compiled, definition.Target) is not { } target
            )
            {
                continue;
            }

            if (earlier.Remove(id, out var threshold) && threshold.Definition.Equals(definition))
            {
                if (!ReferenceEquals(threshold.Framework, framework))
                {
                    threshold = Restated(threshold, framework, target);
                }
            }
            else
            {
                End(threshold);
                threshold = new(id, definition, framework, target);
                threshold.Window?.Restate(target.Value(framework.Present));
            }

            Watched.Add(threshold);
        }

        foreach (var gone in earlier.Values)
        {
            End(gone);
        }
    }

    /// <summary>Lets the windows see the values after an input.</summary>
    public void Observe(long time, bool restate)
    {
        foreach (var threshold in Watched)
        {
            if (threshold.Window is not { } window || !threshold.Framework.Changed)
            {
                continue;
            }

            var value = threshold.Target.Value(threshold.Framework.Present);
            if (restate)
            {
                window.Restate(value);
            }
            else
            {
                window.Observe(time, value, () => LeafValues.Copy(threshold.Framework.Before));
            }
        }
    }

    /// <summary>Applies what was decided for a threshold.</summary>
    public void Apply(Transition transition, V1.Breach? breach)
    {
        if (transition.Stage == Stage.Superseded)
        {
            _ending.RemoveAll(threshold => threshold.Id == transition.Threshold);
        }
        else if (Watched.Find(threshold => threshold.Id == transition.Threshold) is { } threshold)
        {
            threshold.MoveOn(
                transition.Stage,
                transition.Time,
                breach,
                transition.Stage == Stage.Pending ? LeafValues.Copy(threshold.Framework.Previous) : null
            );
        }
    }

    private static WatchedThreshold Restated(WatchedThreshold threshold, FrameworkState framework, Target target)
    {
        // The level's place among the bands belongs to the version, so the threshold is made anew around what it remembers.
        var moved = new WatchedThreshold(threshold.Id, threshold.Definition, framework, target);
        moved.MoveOn(threshold.Stage, threshold.Since, threshold.Breach, null);
        moved.Window?.Restore(threshold.Window!.Lows.Select(low => low with { Leaves = [] }), threshold.Window.Current);
        moved.Window?.Restate(target.Value(framework.Present));
        return moved;
    }

    private static FrameworkState? Find(IReadOnlyList<FrameworkState> frameworks, string name)
    {
        foreach (var framework in frameworks)
        {
            if (
                name.Length == framework.Active.Id.Length + ResourceForm.Frameworks.Length
                && name.EndsWith(framework.Active.Id, StringComparison.Ordinal)
            )
            {
                return framework;
            }
        }

        return null;
    }

    private void End(WatchedThreshold? threshold)
    {
        if (threshold is { Stage: Stage.Firing })
        {
            _ending.Add(threshold);
        }
    }
}
