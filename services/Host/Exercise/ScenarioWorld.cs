using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Host.Exercise;

/// <summary>
/// The fictional countries of a scenario: where each indicator stands, and what a partner would observe of it. The same seed gives the same
/// values at the same rounds.
/// </summary>
public sealed class ScenarioWorld
{
    private readonly Scenario _scenario;
    private readonly Random _random;
    private readonly (Leaf Leaf, HashSet<string> Path)[] _leaves;
    private readonly Dictionary<string, double[]> _steps;
    private readonly string[] _countries;
    private readonly double[,] _shares;

    /// <summary>Sets out the countries at their start.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="frameworks">The frameworks whose indicators are observed.</param>
    /// <param name="indicators">The indicators, of which some are judged in steps.</param>
    public ScenarioWorld(Scenario scenario, IEnumerable<Framework> frameworks, IEnumerable<Indicator> indicators)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        _scenario = scenario;
        _random = new Random(scenario.Seed);
        _leaves = [.. frameworks.SelectMany(framework => Leaves(framework.Composite.Root, [])).DistinctBy(leaf => leaf.Leaf.Indicator)];
        _steps = indicators
            .Where(indicator => indicator.Anchors.Count > 0)
            .ToDictionary(indicator => indicator.Code, indicator => indicator.Anchors.Select(anchor => anchor.Value).ToArray());
        _countries = [.. scenario.CountryCodes];
        _shares = new double[_countries.Length, _leaves.Length];
        for (var country = 0; country < _countries.Length; country++)
        {
            for (var leaf = 0; leaf < _leaves.Length; leaf++)
            {
                _shares[country, leaf] = scenario.Start.From + (_random.NextDouble() * (scenario.Start.To - scenario.Start.From));
            }
        }
    }

    /// <summary>What is observed at the start: every indicator of every country.</summary>
    public IEnumerable<Observation> First(DateTimeOffset now)
    {
        for (var country = 0; country < _countries.Length; country++)
        {
            for (var leaf = 0; leaf < _leaves.Length; leaf++)
            {
                yield return Observe(country, leaf, now);
            }
        }
    }

    /// <summary>Moves the world on by one round and gives what is observed of it.</summary>
    /// <param name="elapsed">The time since the start.</param>
    /// <param name="now">When it is observed.</param>
    public IReadOnlyList<Observation> Next(TimeSpan elapsed, DateTimeOffset now)
    {
        List<Observation> observed = [];
        for (var country = 0; country < _countries.Length; country++)
        {
            var worse = _scenario.Deteriorations.Where(d => d.Country == _countries[country] && elapsed >= d.At).ToList();
            for (var leaf = 0; leaf < _leaves.Length; leaf++)
            {
                // Drawn for every indicator in every round, so that a deterioration leaves the others' drift as it is.
                var (moves, by) = (_random.NextDouble() < _scenario.Drift.Share, ((_random.NextDouble() * 2) - 1) * _scenario.Drift.By);
                var before = _shares[country, leaf];
                if (worse.FindLast(d => Reaches(d.Nodes, leaf)) is { } deterioration)
                {
                    var perRound = _scenario.Step / deterioration.Over;
                    _shares[country, leaf] = Math.Min(Math.Max(before, deterioration.Toward), before + perRound);
                }
                else if (moves && Reaches(_scenario.Drift.Nodes, leaf))
                {
                    _shares[country, leaf] = Math.Clamp(
                        before + by,
                        Math.Min(before, _scenario.Start.From),
                        Math.Max(before, _scenario.Start.To)
                    );
                }

                if (_shares[country, leaf] != before)
                {
                    observed.Add(Observe(country, leaf, now));
                }
            }
        }

        return observed;
    }

    private bool Reaches(IReadOnlyList<string> nodes, int leaf) => nodes.Count == 0 || nodes.Any(_leaves[leaf].Path.Contains);

    private Observation Observe(int country, int leaf, DateTimeOffset now)
    {
        var (posts, share) = (_leaves[leaf].Leaf, _shares[country, leaf]);
        var way = posts.Direction == Direction.Decreasing ? 1 - share : share;
        var value = posts.Low + (way * (posts.High - posts.Low));
        var observation = new Observation
        {
            Country = _countries[country],
            Indicator = posts.Indicator,
            ObservedAt = now.ToTimestamp(),
            Source = _scenario.Sources[leaf % _scenario.Sources.Count],
        };
        if (_steps.TryGetValue(posts.Indicator, out var steps))
        {
            // Who judges takes the nearest step, and leaves the error to the indicator.
            observation.Value = steps.MinBy(step => Math.Abs(step - value));
        }
        else
        {
            observation.Value = Math.Round(value, 4);
            observation.StandardError = Math.Round(0.02 * (posts.High - posts.Low), 4);
        }

        return observation;
    }

    private static IEnumerable<(Leaf Leaf, HashSet<string> Path)> Leaves(Node node, IReadOnlyList<string> above)
    {
        IReadOnlyList<string> path = [.. above, node.Code];
        return node.Leaf is { } leaf ? [(leaf, [.. path])] : node.Children.SelectMany(child => Leaves(child, path));
    }
}
