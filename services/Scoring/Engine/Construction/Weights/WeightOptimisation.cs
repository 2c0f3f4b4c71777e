using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction.Weights;

/// <summary>
/// Looks for the weights of a whole level at once by how its elements correlate with the index over the reference set. Source: W. Becker,
/// M. Saisana, P. Paruolo, I. Vandecasteele, "Weights and importance in composite indicators", Ecological Indicators 80 (2017); COINr's
/// get_opt_weights, whose search it takes step by step. COINr compares the influences asked for with correlations that it has sorted by
/// code, and lets the search end at weights below 0, with which a better part makes the whole worse; here each is compared with its own,
/// and no trial has a
/// weight below 0.
/// </summary>
public static class WeightOptimisation
{
    /// <summary>COINr's toler.</summary>
    public const double UsualTolerance = 0.1;

    /// <summary>COINr's maxiter.</summary>
    public const int UsualEvaluations = 500;

    /// <summary>The most trials that a caller of a service may ask for.</summary>
    public const int MostEvaluations = 100_000;

    /// <summary>Finds weights under which the elements' correlations with the index stand in given proportions.</summary>
    /// <param name="framework">A framework with a reference set.</param>
    /// <param name="codes">
    /// The elements: all children of one or more nodes, such as those of a level of the tree. Other weights stay as the
    /// framework resolves them.
    /// </param>
    /// <param name="influences">What each correlation is to be beside the others', above 0, in the order of the codes; null for equal
    /// ones.</param>
    /// <param name="kind">Which correlation.</param>
    /// <param name="tolerance">When the search ends; see <see cref="CorrelationWeights.Tolerance"/>.</param>
    /// <param name="maximumEvaluations">After how many trials it ends at the latest.</param>
    /// <param name="progress">Is told after each trial which share of the most that there may be has been made.</param>
    /// <param name="cancellation">Ends the search early.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="InvalidModelException">The framework cannot be built.</exception>
    /// <exception cref="ArgumentException">The codes or the influences are not as they must be, or an element does not vary.</exception>
    public static OptimisedWeights Balance(
        CompositeFramework framework,
        IReadOnlyList<string> codes,
        IReadOnlyList<double>? influences = null,
        CorrelationKind kind = CorrelationKind.Pearson,
        double tolerance = UsualTolerance,
        int maximumEvaluations = UsualEvaluations,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var search = new Level(IndexConstruction.Build(framework), codes, kind);
        double[] proportions = influences is null ? [.. codes.Select(_ => 1.0)] : [.. influences];
        if (proportions.Length != codes.Count || !Array.TrueForAll(proportions, influence => double.IsFinite(influence) && influence > 0))
            throw new ArgumentException("There is one influence above 0 a code.", nameof(influences));
        var trials = search.Watched(maximumEvaluations, progress, cancellation);
        var found = Level.Describe(CorrelationSearch.Balance(trials, proportions, tolerance, maximumEvaluations), codes);
        var (wanted, reached) = (proportions.Sum(), found.Correlations.Sum());
        return found with
        {
            Shortfall = found.Correlations.Zip(proportions, (one, influence) => Math.Abs((one / reached) - (influence / wanted))).Max(),
        };
    }

    /// <summary>Finds weights under which the sum of the elements' correlations with the index is greatest.</summary>
    /// <param name="framework">A framework with a reference set.</param>
    /// <param name="codes">The elements, as for <see cref="Balance"/>; the search starts from the weights that they carry.</param>
    /// <param name="kind">Which correlation.</param>
    /// <param name="tolerance">When the search ends.</param>
    /// <param name="maximumEvaluations">After how many trials it ends at the latest.</param>
    /// <param name="progress">Is told after each trial which share of the most that there may be has been made.</param>
    /// <param name="cancellation">Ends the search early.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="InvalidModelException">The framework cannot be built.</exception>
    /// <exception cref="ArgumentException">The codes are not as they must be, or an element does not vary.</exception>
    public static OptimisedWeights InfoMax(
        CompositeFramework framework,
        IReadOnlyList<string> codes,
        CorrelationKind kind = CorrelationKind.Pearson,
        double tolerance = UsualTolerance,
        int maximumEvaluations = UsualEvaluations,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var search = new Level(IndexConstruction.Build(framework), codes, kind);
        var trials = search.Watched(maximumEvaluations, progress, cancellation);
        return Level.Describe(CorrelationSearch.InfoMax(trials, search.Carried, tolerance, maximumEvaluations), codes);
    }

    /// <summary>The elements whose weights are sought, and what follows from them.</summary>
    private sealed class Level
    {
        private readonly SetConstruction _built;
        private readonly CorrelationKind _kind;

        /// <summary>By code: its node and its place there.</summary>
        private readonly (int Node, int Place)[] _places;

        /// <summary>The nodes above the elements, children before parents.</summary>
        private readonly int[] _above;

        public Level(SetConstruction built, IReadOnlyList<string> codes, CorrelationKind kind)
        {
            ArgumentNullException.ThrowIfNull(codes);
            (_built, _kind) = (built, kind);
            var nodes = built.Outline.Nodes;
            _places = [.. codes.Select(PlaceOf)];
            foreach (var (node, places) in _places.GroupBy(place => place.Node).Select(group => (group.Key, group.Count())))
                if (places != nodes[node].Children.Length)
                    throw new ArgumentException(
                        $"Not all children of \"{nodes[node].Node.Code}\" are there, or one is twice.",
                        nameof(codes)
                    );
            var above = new SortedSet<int>();
            foreach (var (parent, _) in _places)
                for (var node = parent; node >= 0; node = nodes[node].Parent)
                    above.Add(node);
            _above = [.. above];
            Carried = [.. _places.Select(place => nodes[place.Node].Node.Children[place.Place].Weight)];
        }

        /// <summary>Gets the weights that the elements carry in the model.</summary>
        public double[] Carried { get; }

        /// <summary>The correlations under weights, counted, until somebody ends the search.</summary>
        public Func<double[], double[]> Watched(int most, IProgress<double>? progress, CancellationToken cancellation)
        {
            var count = 0;
            return weights =>
            {
                cancellation.ThrowIfCancellationRequested();
                var found = Correlations(weights);
                progress?.Report(Math.Min(1, ++count / (double)most));
                return found;
            };
        }

        private double[] Correlations(double[] weights)
        {
            if (Array.Exists(weights, weight => weight < 0))
                return Array.ConvertAll(weights, _ => double.NaN);
            var nodes = (NodeColumns[])_built.Nodes.Clone();
            var shares = (double[][])_built.Weights.Clone();
            foreach (var (node, _) in _places)
                shares[node] = (double[])shares[node].Clone();
            for (var i = 0; i < weights.Length; i++)
                shares[_places[i].Node][_places[i].Place] = weights[i];
            foreach (var node in _above)
                nodes[node] = _built.Evaluate(node, shares[node], nodes);
            return Array.ConvertAll(_places, place =>
                CorrelationSearch.Of(_kind, _built.ChildrenOf(place.Node, nodes)[place.Place].Values, nodes[^1].Values)
            );
        }

        public static OptimisedWeights Describe(CorrelationOutcome? outcome, IReadOnlyList<string> codes) =>
            outcome is null
                ? throw new ArgumentException(
                    "A correlation with the index has no value: an element or the index does not vary.",
                    nameof(codes)
                )
                : new OptimisedWeights(
                    [.. codes],
                    [.. outcome.Weights],
                    [.. outcome.Correlations],
                    outcome.Objective,
                    outcome.Evaluations,
                    outcome.Converged
                );

        private (int Node, int Place) PlaceOf(string code)
        {
            for (var node = 0; node < _built.Outline.Nodes.Count; node++)
            {
                var children = _built.Outline.Nodes[node].Node.Children;
                for (var i = 0; i < children.Length; i++)
                    if (children[i].Code == code)
                        return (node, i);
            }

            throw new ArgumentException($"\"{code}\" is no element below the root.", nameof(code));
        }
    }
}
